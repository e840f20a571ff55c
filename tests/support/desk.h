/*
 * An office for tests: a desk on a store in memory or in an SQLite file, a clock that stands where it is put, a notifier that remembers what
 * it was given and answers by script, and the people of an office.
 *
 * COMPLAINT_TEST_STORE=sqlite in the environment takes a file in the work folder; without it rows are kept in memory. What holds on one has to hold
 * on the other. Owns: nothing outside its struct but one policy and one calendar, made once. Must not know: what is tested.
 */
#ifndef TEST_SUPPORT_DESK_H
#define TEST_SUPPORT_DESK_H

#include <complaint/conformance.h>
#include <complaint/desk.h>
#include <complaint/store/memory.h>
#include <complaint/store/sqlite.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#define OK(call) assert_int_equal(call, COMPLAINT_OK)
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define MINUTE INT64_C(60000)
#define DAY (24 * 60 * MINUTE)

enum { TEST_SENT_MAX = 64, TEST_SCRIPT_MAX = 32, TEST_TEXT_MAX = 2048, TEST_HIRED_MAX = 16 };

/* What the notifier was given. */
typedef struct test_sent {
    char intent[160], name[40], recipient[40], channel[40], address[200], body[TEST_TEXT_MAX];
    int64_t case_id, message, at;
    int32_t day, urgent, attempt;
} test_sent;

typedef struct test_answer {
    complaint_status status;
    int32_t answer;
    int64_t retry_at;
} test_answer;

typedef struct test_office test_office;
struct test_office {
    /* the place */
    complaint_memory *memory;
    complaint_sqlite *sqlite;
    bool owns_place;
    char path[128];
    int32_t durability; /* of the file: 0 (FULL) or COMPLAINT_SQLITE_SYNC_*; OFF unless test_office_file says otherwise */
    complaint_store store; /* as the desk has it: through the fault wrapper */
    complaint_fault *fault;
    /* the desk */
    complaint_policy *policy;     /* borrowed; NULL: Chiang Rai's, with the calendar of its province */
    complaint_policy *changed;    /* its own, see test_office_policy */
    complaint_calendar *calendar; /* borrowed */
    const complaint_allocator *allocator; /* of setup, desk, drafts; NULL is malloc */
    complaint_setup *setup;
    complaint_desk *desk;
    complaint_draft *draft;
    complaint_actor *officer, *head, *executive, *quality, *hr, *auditor, *dpo, *system;
    complaint_actor *hired[TEST_HIRED_MAX];
    int hired_count;
    int64_t now;
    /* the notifier: answers by `decide` if there is one, else in order, else DELIVERED */
    int32_t (*decide)(const test_sent *s);
    test_sent sent[TEST_SENT_MAX];
    int sent_count;
    test_answer script[TEST_SCRIPT_MAX];
    int script_count, script_at;
    void (*during_send)(test_office *o);
    bool without_notifier; /* from the next opening on */
    /* what the last action answered, and what the next one is about */
    int64_t case_id, message, number, revision;
    int32_t fiscal_year;
    bool repeated;
    int external;                 /* numbers external ids */
    complaint_evidence *evidence; /* goes with the next action, then is freed */
};

/* cmocka fixtures: an office at 5 November 2025, 09.00; the end of every scenario is proved by verify. */
int test_office_setup(void **state);
int test_office_setup_phrae(void **state);
int test_office_setup_hospital(void **state); /* its own week: Saturday mornings are open, Wednesday the 12th of November 2025 is not */
int test_office_teardown(void **state);
/* Somebody else who works there; freed with the office. */
complaint_actor *test_hire(test_office *o, const char *id, const char *role, const char *unit);
/* The desk of the same office opened again with another calendar; `calendar` is borrowed. */
void test_office_calendar(test_office *o, complaint_calendar *calendar);
/* The same with its own policy changed, as an office may: in the document (lib/data/policies) the first place of each `find` is replaced. Freed with the office. */
typedef struct test_change {
    const char *find, *replace;
} test_change;
void test_office_policy(test_office *o, const test_change *changes, size_t count);

complaint_status test_office_open(test_office *o, const complaint_allocator *allocator, int64_t now);
/* The same in two: the place, its fault wrapper and the people; then the desk, which may fail and be asked for again. */
void test_office_place(test_office *o, const complaint_allocator *allocator, int64_t now);
complaint_status test_office_desk(test_office *o);
/* The place is a file of the test's own, whether it is there or not, and stays when the office is closed. */
void test_office_file(test_office *o, const char *path, int32_t durability, int64_t now);
void test_office_close(test_office *o);
/* A second desk on the first one's rows, with a clock and a notifier of its own; `mode` COMPLAINT_READ or COMPLAINT_WRITE. */
complaint_status test_office_join(test_office *o, test_office *first, int32_t mode);
/* Closes the desk and opens it again, as a restart of the host does. */
void test_office_restart(test_office *o);
/* The same with the connection to the place. */
complaint_status test_office_reconnect(test_office *o);
/* Removes an SQLite file and what lies beside it. */
void test_remove_file(const char *path);

int64_t test_instant(const char *iso); /* Bangkok time */
void test_at(test_office *o, const char *iso);

/*
 * Does a verb with fields, each "name=text" or "name:=integer". "@at=ISO" sets happened_at, "@request=ID" the request id, "@revision:=N" what was seen, "@silent:=1" that it is history, "@case:=N" and "@message:=N" other
 * targets than the office's current ones. TRIAGE opens a case unless "@join=1" is given. What was answered goes into the office.
 */
complaint_status test_act(test_office *o, const complaint_actor *who, const char *verb, ...);
#define TRY(o, who, ...) test_act(o, who, __VA_ARGS__, (const char *)NULL)
#define DO(o, who, ...) test_expect(o, TRY(o, who, __VA_ARGS__), COMPLAINT_OK, NULL, __FILE__, __LINE__)
/* The answer, and the subject of its error. */
#define REFUSED(o, status, subject, who, ...) test_expect(o, TRY(o, who, __VA_ARGS__), status, subject, __FILE__, __LINE__)
void test_expect(test_office *o, complaint_status got, complaint_status expected, const char *subject, const char *file, int line);
/* The error's Thai and English text both name this. */
void test_names(test_office *o, const char *word);
const char *test_why(test_office *o); /* the English text of the last error */

/* Receives a text at the clock on a channel; a new external id, thread "t-N". */
void test_receive(test_office *o, const char *channel, const char *text);
/* Receives by Facebook and opens a case, confidential. */
void test_open_case(test_office *o);
/* The same, registered and classified. */
void test_open_registered(test_office *o, const char *class_code);
/* The same, forwarded to quality. */
void test_open_forwarded(test_office *o);
/* Somebody looks at each daily channel of the policy: nobody is reminded of one that day. The field that the hospital asks for comes along. */
void test_check_channels(test_office *o, const complaint_actor *who, const char *also);
/* Keeps bytes that go with the next action. */
complaint_status test_keep(test_office *o, const void *bytes, size_t size);

/* Answers of the notifier, to be given in order. */
void test_script(test_office *o, int32_t answer, int64_t retry_at);
/* Delivers; the tally has to be this. */
void test_deliver(test_office *o, int delivered, int accepted, int retried, int refused);

/* ---- looking, as the officer unless somebody else is named; cells of the current case ---- */
typedef complaint_status(COMPLAINT_CALL *test_part)(complaint_desk *, const complaint_actor *, int64_t, complaint_page **);
complaint_page *test_page(test_office *o, const complaint_actor *who, test_part part); /* fails the test unless OK */
int64_t test_int(test_office *o, const char *column);
void test_text(test_office *o, const char *column, const char *expected);
void test_no_text(const char *text, const char *part); /* the part is not in the text */
/* The verbs of the case's log, separated by spaces. */
void test_log(test_office *o, const char *expected);

typedef struct test_clock {
    bool found;
    char state[16];
    int64_t started_at, due_at, stopped_at, late_ms;
} test_clock;
/* The last clock with this rule. */
test_clock test_clock_of(test_office *o, const char *rule);
void test_clock_is(test_office *o, const char *rule, const char *state, const char *due, int64_t late_ms);
int test_clock_count(test_office *o, const char *rule);
/* A column of the n-th clock with this rule, from 0. */
int64_t test_clock_int(test_office *o, const char *rule, int n, const char *column);
void test_instant_is(int64_t got, const char *iso);

/* A cell of the row of a page of the case whose column `key` is `value`; "" when there is none. Static until the next call. */
const char *test_cell(test_office *o, const complaint_actor *who, test_part part, const char *key, const char *value, const char *column);
int64_t test_count(test_office *o, const complaint_actor *who, test_part part);
/* The last event of the current case: its verb is `verb` and its payload (JSON) holds `part`, or with "!" before it does not. */
void test_last_event(test_office *o, const char *verb, const char *part);
/* Ticks; the tally has to be this. */
void test_tick(test_office *o, int clocks, int notices);
/* The verbs of a log, separated by spaces. */
void test_log_of(test_office *o, int64_t log, const char *expected);
/* A column of notice number `seq` of a case, message or day. Static until the next call. */
const char *test_notice_of(test_office *o, int64_t about, int64_t seq, const char *column);
/* The last notice of the current case: template, recipient, state, and the instant before which it does not leave. */
void test_notice_is(test_office *o, const char *template_name, const char *recipient, const char *state, const char *not_before);

/* The number of rows on a worklist, and their case ids in order (at most `capacity`). */
int64_t test_worklist(test_office *o, const complaint_actor *who, int32_t worklist, int64_t *cases, int64_t capacity);
int64_t test_reported(test_office *o, const char *figure, const char *key, int32_t year, int32_t round);

/* Proof that nothing is wrong; says what is. */
void test_verify(test_office *o);
/* A finding of this kind whose detail holds `detail` is there. */
void test_finds(test_office *o, const char *what, const char *detail);

/* Everything a person can see of the office, without ids, times, hashes and attempts: for comparing two runs. To be freed. */
char *test_picture(test_office *o, bool with_times);

/* ---- behind the library's back: the store's own slots ---- */
#define I(v) ((complaint_value){.type = COMPLAINT_INT64, .integer = (v)})
#define T(s) ((complaint_value){.type = COMPLAINT_TEXT, .data = (s), .size = strlen(s)})
#define B(p, n) ((complaint_value){.type = COMPLAINT_BLOB, .data = (p), .size = (n)})
/* One column of the row at the key (without the office). */
void test_tamper(test_office *o, const char *table, const complaint_value *key, int keys, const char *column, complaint_value value);
void test_remove(test_office *o, const char *table, const complaint_value *key, int keys);
#define KEY(...) (const complaint_value[]){__VA_ARGS__}, (int)(sizeof((const complaint_value[]){__VA_ARGS__}) / sizeof(complaint_value))
/* A copy of the row at the key, other cells in place of its own: a row that nobody caused. */
typedef struct test_other {
    const char *column;
    complaint_value value;
} test_other;
void test_plant(test_office *o, const char *table, const complaint_value *key, int keys, const test_other *cells, int count);
#define CELLS(...) (const test_other[]){__VA_ARGS__}, (int)(sizeof((const test_other[]){__VA_ARGS__}) / sizeof(test_other))
int64_t test_rows(test_office *o, const char *table);

#endif
