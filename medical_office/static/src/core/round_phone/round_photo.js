import {_t} from "@web/core/l10n/translation";

const LONG_EDGE = 1600;
const QUALITY = 0.82;
const MAX_FILE = 40 * 1024 * 1024;
const MAX_SENT = 8 * 1024 * 1024; // tools/core/photo.py
const TABLE = "photos";

/**
 * Make a photo small enough to be sent from a stairwell.
 *
 * @param {File} file as the camera gives it
 * @returns {Promise<{data: String, name: String}>} base64 of a JPEG
 * @throws {Error} with words for the person who took it
 */
export async function shrink(file) {
    if (!file.type.startsWith("image/")) {
        throw new Error(_t("“%s” is not a picture. Take a photo.", file.name));
    }
    if (file.size > MAX_FILE) {
        throw new Error(_t("The photo is too large. Take it with a lower resolution."));
    }
    const url = URL.createObjectURL(file);
    try {
        const image = new Image();
        image.src = url;
        await image.decode();
        const scale = Math.min(
            1,
            LONG_EDGE / Math.max(image.naturalWidth, image.naturalHeight),
        );
        const canvas = document.createElement("canvas");
        canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
        canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
        const context = canvas.getContext("2d");
        context.fillStyle = "#fff"; // a transparent screenshot is not black
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        const data = canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
        if (!data || data.length * 0.75 > MAX_SENT) {
            throw new RangeError("size");
        }
        return {data, name: file.name.replace(/\.\w+$/, "") + ".jpg"};
    } catch {
        throw new Error(
            _t("This photo cannot be read. Take it again, as JPEG or PNG if possible."),
        );
    } finally {
        URL.revokeObjectURL(url);
    }
}

/** Photos that wait to be sent, by the uuid of their entry; they outlive a reload. */
export class PhotoStore {
    /** @param {String} name of the database in the browser: one per user and practice */
    constructor(name) {
        this.name = name;
        this.memory = new Map(); // where the browser gives no database (private window)
    }

    open() {
        this.opening ||= new Promise((resolve, reject) => {
            const request = indexedDB.open(this.name, 1);
            request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
            request.onblocked = () => reject(new Error("blocked"));
        });
        return this.opening;
    }

    async run(mode, work) {
        const database = await this.open();
        return new Promise((resolve, reject) => {
            const transaction = database.transaction(TABLE, mode);
            const request = work(transaction.objectStore(TABLE));
            transaction.oncomplete = () => resolve(request.result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
    }

    /** @returns {Promise<Boolean>} whether the photo would outlive a reload */
    async put(uuid, data) {
        this.memory.set(uuid, data);
        try {
            await this.run("readwrite", (table) => table.put(data, uuid));
            return true;
        } catch {
            return false;
        }
    }

    async get(uuid) {
        if (!this.memory.has(uuid)) {
            try {
                const data = await this.run("readonly", (table) => table.get(uuid));
                data && this.memory.set(uuid, data);
            } catch {
                return undefined;
            }
        }
        return this.memory.get(uuid);
    }

    async remove(uuid) {
        this.memory.delete(uuid);
        try {
            await this.run("readwrite", (table) => table.delete(uuid));
        } catch {
            // it was in memory only
        }
    }
}
