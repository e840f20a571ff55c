/*
 * record/schema: the tables as data, and the public getters over them.
 *
 * Owns: names, types, keys, indexes, versions of every table. Must not know: what a case is allowed to do.
 * Rules for changing it: docs/internals/record.md. Numbers are positions; only append, and raise CPL_SCHEMA_MINOR.
 */
#include "record/record.h"

#include <complaint/schema.h>

#include <string.h>

typedef struct column {
    const char *name;
    int8_t type;
    int8_t nullable;
    int8_t since;
    const char *comment;
} column;

typedef struct index_def {
    const char *name;
    int8_t unique;
    int8_t since;
    int8_t width;
    int8_t columns[6];
} index_def;

typedef struct table {
    const char *name;
    const char *comment;
    int8_t since;
    int8_t key_count;
    int8_t version_column;
    const column *columns;
    int8_t column_count;
    const index_def *indexes;
    int8_t index_count;
} table;

#define INT(name, comment) {name, COMPLAINT_INT64, 0, 0, comment}
#define TXT(name, comment) {name, COMPLAINT_TEXT, 0, 0, comment}
#define BIN(name, comment) {name, COMPLAINT_BLOB, 0, 0, comment}
#define OFFICE TXT("office", "the office the row belongs to; first in every key")
#define VERSION(comment) INT("version", comment)

static const column definition_columns[] = {
    OFFICE,
    TXT("kind", "policy or calendar"),
    TXT("digest", "SHA-256 of body, hexadecimal"),
    BIN("body", "the document as it was used, byte for byte"),
    INT("entered_at", "ms since 1970 UTC: first use"),
};

static const column event_columns[] = {
    OFFICE,
    INT("stream", "the case, message or day the event belongs to"),
    INT("seq", "1, 2, 3 ... within the stream"),
    INT("kind", "event kind, see docs/event-format.md"),
    INT("happened_at", "ms since 1970 UTC: when it took place"),
    INT("entered_at", "ms since 1970 UTC: when it was entered; never runs backwards in a stream"),
    TXT("actor", "who did it: the host's id of the person"),
    TXT("actor_role", "the role that allowed it"),
    TXT("actor_unit", "the actor's unit, or empty"),
    TXT("on_behalf", "the unit or person on whose behalf it was entered, or empty"),
    TXT("acting_for", "the superior for whom he acts, or empty"),
    TXT("request", "request id of the action"),
    BIN("payload", "JSON in UTF-8, non-identifying: what replay and reports need"),
    BIN("sealed", "envelope (byte 0, then the text; empty: none) of a JSON object with the free text of the event"),
    BIN("prev", "hash of the event before, 32 zero bytes for the first"),
    BIN("hash", "SHA-256 over the columns before it, see docs/event-format.md"),
};

static const column message_columns[] = {
    OFFICE,
    INT("message", "id of the message"),
    VERSION("number of the message's last event"),
    TXT("channel", "the policy's code of the channel"),
    TXT("external_id", "its id on that channel"),
    TXT("thread", "the conversation it belongs to on that channel"),
    INT("direction", "1 from outside, 2 written by the office"),
    TXT("form", "text, media, sticker, call, share, unsent"),
    TXT("state", "new, opened, joined, set_aside, reply"),
    INT("case_id", "the case it opened or joined, or 0"),
    INT("sent_at", "ms since 1970 UTC"),
    INT("entered_at", "ms since 1970 UTC"),
    INT("unsent_at", "ms since 1970 UTC when its sender withdrew it, or that was seen, or 0"),
    INT("evidence_count", "number of items of evidence"),
    BIN("sender", "envelope (byte 0, then the text; empty: none): the sender's name"),
    BIN("body", "envelope: the text as it came"),
    BIN("address", "envelope: where an answer reaches the sender on that channel"),
};
static const index_def message_indexes[] = {
    {"complaint_message_external", 1, 0, 3, {0, 3, 4}},
    {"complaint_message_state", 0, 0, 4, {0, 8, 10, 1}},
    {"complaint_message_thread", 0, 0, 5, {0, 3, 5, 10, 1}},
    {"complaint_message_case", 0, 0, 4, {0, 9, 10, 1}},
};

static const column party_columns[] = {
    OFFICE,
    INT("case_id", "the case"),
    INT("seq", "1, 2, 3 ... within the case"),
    VERSION("number of the event that last changed the row"),
    TXT("part", "complainant, respondent or witness"),
    TXT("identity", "named, confidential or anonymous"),
    TXT("channel", "the channel by which he is reached"),
    BIN("name", "envelope (byte 0, then the text; empty: none): the name"),
    BIN("address", "envelope: the address on that channel"),
    TXT("state", "active, or withdrawn"),
};

static const column evidence_columns[] = {
    OFFICE,
    INT("owner", "the message or case it belongs to"),
    INT("seq", "1, 2, 3 ... within the owner"),
    TXT("digest", "SHA-256 of the whole item, hexadecimal"),
    INT("size_bytes", "size of the whole item"),
    TXT("media_type", "as given by the channel, for example image/jpeg"),
    INT("entered_at", "ms since 1970 UTC"),
    BIN("name", "envelope: its name on the channel"),
};
static const index_def evidence_indexes[] = {
    {"complaint_evidence_digest", 0, 0, 4, {0, 3, 1, 2}},
};

static const column chunk_columns[] = {
    OFFICE,
    TXT("digest", "SHA-256 of the whole item, hexadecimal"),
    INT("chunk", "0, 1, 2 ...; 256 KiB each but the last"),
    BIN("data", "envelope: the bytes"),
};

static const column case_columns[] = {
    OFFICE,
    INT("case_id", "id of the case"),
    VERSION("number of the case's last event"),
    INT("revision", "number of persons' actions so far: what a caller must have seen"),
    INT("cycle", "1, then one more at each reopening"),
    TXT("state", "the policy's state"),
    TXT("phase", "received, open, waiting, resulted, closed, rejected, withdrawn, transferred"),
    TXT("class", "the policy's class, or empty"),
    TXT("nature", "grievance, suggestion, objection, event_report, information_request, compliment, or empty"),
    INT("flags", "1 urgent, 2 sensitive, 4 office_impact, 8 corruption, 16 data_breach"),
    TXT("channel", "how it came"),
    INT("fiscal_year", "B.E. year of the register number, or 0"),
    INT("register_number", "or 0"),
    INT("received_at", "ms since 1970 UTC"),
    INT("entered_at", "ms since 1970 UTC"),
    INT("registered_at", "or 0"),
    INT("acknowledged_at", "acknowledgement delivered or sent by hand, or 0"),
    INT("considered_at", "the head's word, or 0"),
    INT("forwarded_at", "first referral, or 0"),
    INT("resulted_at", "last result in, or 0"),
    INT("told_at", "complainant told the result, or 0"),
    INT("closed_at", "or 0"),
    INT("due_at", "earliest deadline of a running clock; 9223372036854775806 none runs, 9223372036854775807 finished"),
    TXT("lead_unit", "unit of the leading referral, or empty"),
    TXT("assignee", "the officer in charge, or empty"),
    BIN("head", "hash of the last event"),
    TXT("origin", "the body that passed it on and wants an answer, or empty"),
    INT("blind", "number of persons, units and roles who must not see the case"),
    TXT("legacy_number", "its number in the register that the office kept before, as written there; empty: none; -: that register gives none"),
    TXT("legacy_key", "what that number is looked up by: without its year, blanks and leading zeros, in small letters and Arabic digits"),
};
static const index_def case_indexes[] = {
    {"complaint_case_due", 0, 0, 3, {0, 22, 1}},
    {"complaint_case_state", 0, 0, 4, {0, 5, 13, 1}},
    {"complaint_case_phase", 0, 0, 4, {0, 6, 13, 1}},
    {"complaint_case_assignee", 0, 0, 4, {0, 24, 22, 1}},
    {"complaint_case_legacy", 0, 0, 4, {0, 29, 13, 1}},
};

static const column number_columns[] = {
    OFFICE,
    INT("fiscal_year", "B.E. year"),
    INT("register_number", "1, 2, 3 ... without a gap"),
    INT("case_id", "the case that has the number"),
};

static const column register_columns[] = {
    OFFICE,
    INT("fiscal_year", "B.E. year"),
    VERSION("raised at each number"),
    INT("last_number", "the number given last"),
};

static const column referral_columns[] = {
    OFFICE,
    INT("case_id", "the case"),
    INT("seq", "1, 2, 3 ... within the case"),
    VERSION("number of the event that last changed the row"),
    TXT("kind", "forward or refer"),
    TXT("unit", "the policy's unit or outside agency"),
    INT("is_lead", "1 for the leading unit"),
    TXT("state", "sent, accepted, reported, handed_back, waived, replaced (the case was reopened)"),
    INT("sent_at", "ms since 1970 UTC"),
    INT("accepted_at", "or 0"),
    INT("resulted_at", "or 0"),
    TXT("outcome", "as the unit reported it, or empty"),
    INT("interim_at", "last word of the unit before its result, or 0"),
};
static const index_def referral_indexes[] = {
    {"complaint_referral_unit", 0, 0, 5, {0, 5, 7, 1, 2}},
};

static const column clock_columns[] = {
    OFFICE,
    INT("case_id", "the case"),
    INT("seq", "1, 2, 3 ... within the case"),
    VERSION("number of the event that last changed the row"),
    TXT("rule", "the policy's name of the clock"),
    INT("cycle", "cycle of the case in which it started"),
    TXT("state", "running, stopped, cancelled, paused"),
    INT("started_at", "ms since 1970 UTC: the instant it counts from"),
    INT("nominal_at", "the deadline before any roll of the last day"),
    INT("due_at", "the deadline: in time is before this instant"),
    INT("stopped_at", "happened_at of the event that stopped it, or 0"),
    INT("late_ms", "0 in time; else by how much it was missed"),
    INT("referral", "number of the referral whose clock it is, or 0"),
    INT("length", "in the unit of the rule"),
    INT("wake_at", "ms since 1970 UTC: the next reminder, or 9223372036854775807"),
    INT("warned", "reminders so far, skipped ones included"),
    INT("extended", "number of extensions"),
    INT("paused", "number of pauses"),
    INT("interim", "1 when an interim report came in time"),
};
static const index_def clock_indexes[] = {
    {"complaint_clock_due", 0, 0, 5, {0, 6, 9, 1, 2}},
    {"complaint_clock_wake", 0, 0, 4, {0, 14, 1, 2}},
    {"complaint_clock_rule", 0, 0, 6, {0, 6, 4, 9, 1, 2}},
};

static const column notice_columns[] = {
    OFFICE,
    INT("stream", "the case, message or day it is about"),
    INT("seq", "1, 2, 3 ... within the stream"),
    VERSION("raised at each claim and settlement"),
    INT("cause", "number of the event that caused it"),
    TXT("template", "the policy's name of the text"),
    TXT("recipient", "complainant, complainant-2 ..., origin, sender (of a message), a role, or a unit"),
    TXT("channel", "the channel it goes by"),
    INT("urgent", "1 when it may go at any hour"),
    TXT("state", "waiting, claimed, accepted, delivered, by_hand, silent, refused, replaced (refused, then said by other means), withdrawn (owed no more)"),
    INT("not_before", "ms since 1970 UTC: waiting: earliest next attempt; claimed: end of the lease"),
    INT("attempts", "attempts so far"),
    INT("entered_at", "ms since 1970 UTC"),
    INT("settled_at", "ms since 1970 UTC, or 0"),
    BIN("address", "envelope: where to"),
    BIN("body", "envelope: the text"),
    TXT("about", "what the stream is: case, message, day"),
    BIN("salt", "random bytes that the event's proof of the notice is made with"),
};
static const index_def notice_indexes[] = {
    {"complaint_notice_due", 0, 0, 5, {0, 9, 10, 1, 2}},
};

static const column attempt_columns[] = {
    OFFICE,
    INT("stream", "the case, message or day of the notice"),
    INT("notice", "the notice's number within the stream"),
    INT("attempt", "1, 2, 3 ..."),
    INT("started_at", "ms since 1970 UTC"),
    INT("answer", "1 delivered, 2 accepted, 3 retry, 4 refused"),
    INT("host_code", "what the notifier left in its error sink"),
    TXT("host_text", "what the notifier left in its error sink"),
};

static const column request_columns[] = {
    OFFICE,
    TXT("request", "the caller's request id; empty: how far an archive was read"),
    TXT("digest", "SHA-256 of the action's content, hexadecimal"),
    INT("kind", "event kind of the action"),
    INT("case_id", "the result: case, or 0"),
    INT("message", "the result: message, or 0"),
    INT("revision", "the result: revision of the case"),
    INT("fiscal_year", "the result: year of the register number, or 0"),
    INT("register_number", "the result: register number, or 0"),
    INT("entered_at", "ms since 1970 UTC"),
};

static const column counter_columns[] = {
    OFFICE,
    TXT("figure", "name of the figure, see docs/internals/report.md"),
    INT("period", "year and month of the Gregorian calendar in Bangkok, 202611"),
    TXT("dimension", "class/channel, and /flags where any is set, or what the figure is split by"),
    INT("amount", "the count"),
};

static const column paper_columns[] = {
    OFFICE,
    INT("case_id", "the case"),
    INT("seq", "1, 2, 3 ... within the case"),
    INT("cause", "number of the event it came with"),
    TXT("direction", "in or out"),
    TXT("paper_no", "its number in the office's own correspondence register"),
    INT("paper_date", "ms since 1970 UTC, or 0"),
    TXT("secrecy", "as the correspondence rules say, or empty"),
    TXT("urgency", "as the correspondence rules say, or empty"),
    INT("entered_at", "ms since 1970 UTC"),
    BIN("signer", "envelope: who signed it"),
    BIN("subject", "envelope: what it is about"),
};

static const column link_columns[] = {
    OFFICE,
    INT("case_id", "the case"),
    INT("other_id", "the other case; each link has a row from either side"),
    TXT("kind", "same_event, repeat, or split"),
    INT("entered_at", "ms since 1970 UTC"),
};

static const column duty_columns[] = {
    OFFICE,
    INT("day", "civil day, 0 = 1970-01-01, in Bangkok"),
    TXT("channel", "the policy's code of the channel"),
    INT("seq", "1, 2, 3 ... within the day and channel"),
    INT("checked_at", "ms since 1970 UTC"),
    INT("entered_at", "ms since 1970 UTC"),
    TXT("actor", "who looked"),
};

static const column roster_columns[] = {
    OFFICE,
    INT("day", "civil day, 0 = 1970-01-01, in Bangkok"),
    TXT("channel", "the policy's code of the channel"),
    VERSION("raised at each change of hands"),
    TXT("assignee", "whose duty it is"),
    INT("entered_at", "ms since 1970 UTC"),
};

#define COUNT(a) (int8_t)(sizeof(a) / sizeof((a)[0]))
#define TABLE(name, comment, keys, version, columns, indexes, index_count) {name, comment, 0, keys, version, columns, COUNT(columns), indexes, index_count}

static const table tables[CPL_TABLE_COUNT] = {
    [CPL_DEFINITION] = TABLE("complaint_definition", "A policy or calendar as it was when first used.", 3, -1, definition_columns, NULL, 0),
    [CPL_EVENT] = TABLE("complaint_event", "One fact in the log of a case, message or day; append only.", 3, -1, event_columns, NULL, 0),
    [CPL_MESSAGE] = TABLE("complaint_message", "One item that came in (or a reply that was seen).", 2, 2, message_columns, message_indexes, COUNT(message_indexes)),
    [CPL_PARTY] = TABLE("complaint_party", "A person of a case.", 3, 3, party_columns, NULL, 0),
    [CPL_EVIDENCE] = TABLE("complaint_evidence", "A photo, scan or recording of a message or case.", 3, -1, evidence_columns, evidence_indexes, COUNT(evidence_indexes)),
    [CPL_CHUNK] = TABLE("complaint_evidence_chunk", "A piece of an item of evidence.", 3, -1, chunk_columns, NULL, 0),
    [CPL_CASE] = TABLE("complaint_case", "A case as its log makes it.", 2, 2, case_columns, case_indexes, COUNT(case_indexes)),
    [CPL_NUMBER] = TABLE("complaint_number", "Which case has a register number.", 3, -1, number_columns, NULL, 0),
    [CPL_REGISTER] = TABLE("complaint_register", "The last register number of a fiscal year.", 2, 2, register_columns, NULL, 0),
    [CPL_REFERRAL] = TABLE("complaint_referral", "A unit or outside agency asked to act.", 3, 3, referral_columns, referral_indexes, COUNT(referral_indexes)),
    [CPL_CLOCK] = TABLE("complaint_clock", "An obligation with its deadline.", 3, 3, clock_columns, clock_indexes, COUNT(clock_indexes)),
    [CPL_NOTICE] = TABLE("complaint_notice", "A message that must leave the house.", 3, 3, notice_columns, notice_indexes, COUNT(notice_indexes)),
    [CPL_ATTEMPT] = TABLE("complaint_attempt", "One attempt to deliver a notice.", 4, -1, attempt_columns, NULL, 0),
    [CPL_REQUEST] = TABLE("complaint_request", "An action that was done, by its request id.", 2, -1, request_columns, NULL, 0),
    [CPL_PAPER] = TABLE("complaint_paper", "An official letter or memo of a case.", 3, -1, paper_columns, NULL, 0),
    [CPL_LINK] = TABLE("complaint_link", "Two cases that have to do with each other.", 3, -1, link_columns, NULL, 0),
    [CPL_DUTY] = TABLE("complaint_duty", "A channel was looked at.", 4, -1, duty_columns, NULL, 0),
    [CPL_ROSTER] = TABLE("complaint_roster", "Whose duty a channel is on a day.", 3, 3, roster_columns, NULL, 0),
    [CPL_COUNTER] = TABLE("complaint_counter", "A figure of the reports.", 4, -1, counter_columns, NULL, 0),
};

static const table *table_at(int32_t t) { return t >= 0 && t < CPL_TABLE_COUNT ? &tables[t] : NULL; }

static const column *column_at(int32_t t, int32_t c) {
    const table *tab = table_at(t);
    return tab && c >= 0 && c < tab->column_count ? &tab->columns[c] : NULL;
}

/* Index 0 is the primary key and has no entry of its own. */
static const index_def *index_at(int32_t t, int32_t i) {
    const table *tab = table_at(t);
    return tab && i >= 1 && i <= tab->index_count ? &tab->indexes[i - 1] : NULL;
}

int32_t complaint_schema_major(void) { return CPL_SCHEMA_MAJOR; }
int32_t complaint_schema_minor(void) { return CPL_SCHEMA_MINOR; }
int32_t complaint_schema_table_count(void) { return CPL_TABLE_COUNT; }

const char *complaint_schema_table_name(int32_t t) {
    const table *tab = table_at(t);
    return tab ? tab->name : NULL;
}

const char *complaint_schema_table_comment(int32_t t) {
    const table *tab = table_at(t);
    return tab ? tab->comment : NULL;
}

int32_t complaint_schema_table_since(int32_t t) {
    const table *tab = table_at(t);
    return tab ? tab->since : -1;
}

int32_t complaint_schema_table_find(const char *name) {
    for (int32_t t = 0; name && t < CPL_TABLE_COUNT; t++)
        if (strcmp(tables[t].name, name) == 0) return t;
    return -1;
}

int32_t complaint_schema_column_count(int32_t t) {
    const table *tab = table_at(t);
    return tab ? tab->column_count : 0;
}

int32_t complaint_schema_key_count(int32_t t) {
    const table *tab = table_at(t);
    return tab ? tab->key_count : 0;
}

const char *complaint_schema_column_name(int32_t t, int32_t c) {
    const column *col = column_at(t, c);
    return col ? col->name : NULL;
}

const char *complaint_schema_column_comment(int32_t t, int32_t c) {
    const column *col = column_at(t, c);
    return col ? col->comment : NULL;
}

int32_t complaint_schema_column_type(int32_t t, int32_t c) {
    const column *col = column_at(t, c);
    return col ? col->type : 0;
}

int32_t complaint_schema_column_nullable(int32_t t, int32_t c) {
    const column *col = column_at(t, c);
    return col ? col->nullable : 0;
}

int32_t complaint_schema_column_since(int32_t t, int32_t c) {
    const column *col = column_at(t, c);
    return col ? col->since : -1;
}

int32_t complaint_schema_version_column(int32_t t) {
    const table *tab = table_at(t);
    return tab ? tab->version_column : -1;
}

int32_t complaint_schema_index_count(int32_t t) {
    const table *tab = table_at(t);
    return tab ? tab->index_count + 1 : 0;
}

const char *complaint_schema_index_name(int32_t t, int32_t i) {
    if (i == 0) return complaint_schema_table_name(t);
    const index_def *def = index_at(t, i);
    return def ? def->name : NULL;
}

int32_t complaint_schema_index_unique(int32_t t, int32_t i) {
    if (i == 0) return table_at(t) != NULL;
    const index_def *def = index_at(t, i);
    return def ? def->unique : 0;
}

int32_t complaint_schema_index_width(int32_t t, int32_t i) {
    if (i == 0) return complaint_schema_key_count(t);
    const index_def *def = index_at(t, i);
    return def ? def->width : 0;
}

int32_t complaint_schema_index_column(int32_t t, int32_t i, int32_t position) {
    if (position < 0 || position >= complaint_schema_index_width(t, i)) return -1;
    return i == 0 ? position : index_at(t, i)->columns[position];
}

int32_t complaint_schema_index_since(int32_t t, int32_t i) {
    if (i == 0) return complaint_schema_table_since(t);
    const index_def *def = index_at(t, i);
    return def ? def->since : -1;
}
