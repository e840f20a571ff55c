/*
 * api/notice: what a host's notifier reads of the notice it is to send.
 *
 * Owns: what NULL answers. Must not know: how a notice came about.
 */
#include "host/host.h"

static const char *said(const char *s) { return s ? s : ""; }

const char *COMPLAINT_CALL complaint_notice_intent(const complaint_notice *notice) { return notice ? said(notice->intent) : ""; }

const char *COMPLAINT_CALL complaint_notice_template(const complaint_notice *notice) { return notice ? said(notice->template_name) : ""; }

const char *COMPLAINT_CALL complaint_notice_recipient(const complaint_notice *notice) { return notice ? said(notice->recipient) : ""; }

const char *COMPLAINT_CALL complaint_notice_channel(const complaint_notice *notice) { return notice ? said(notice->channel) : ""; }

const char *COMPLAINT_CALL complaint_notice_address(const complaint_notice *notice) { return notice ? said(notice->address) : ""; }

const char *COMPLAINT_CALL complaint_notice_body(const complaint_notice *notice) { return notice ? said(notice->body) : ""; }

int64_t COMPLAINT_CALL complaint_notice_case(const complaint_notice *notice) { return notice ? notice->case_id : 0; }

int64_t COMPLAINT_CALL complaint_notice_message(const complaint_notice *notice) { return notice ? notice->message : 0; }

int32_t COMPLAINT_CALL complaint_notice_day(const complaint_notice *notice) { return notice ? (int32_t)notice->day : 0; }

int32_t COMPLAINT_CALL complaint_notice_urgent(const complaint_notice *notice) { return notice ? notice->urgent : 0; }

int32_t COMPLAINT_CALL complaint_notice_attempt(const complaint_notice *notice) { return notice ? notice->attempt : 0; }
