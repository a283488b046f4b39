"""Files of an interview, for its interviewers."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request


class PeopleInterviewController(http.Controller):
    @http.route(
        "/medical_office/interview/<int:interview_id>/resume",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
    )
    def resume(self, interview_id):
        """The résumé released for an interview; 404 for whom it is none of."""
        interview = request.env["medical.people.interview"].browse(interview_id)
        if not interview:  # number 0
            return request.not_found()
        try:
            resume = interview._taken_resume()
        except (AccessError, MissingError):
            return request.not_found()
        if not resume:
            return request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(resume)
        return stream.get_response(as_attachment=True)
