/*
 * complaint: the command line desk. A host like any other: it sees the public headers and POSIX, nothing else.
 *
 * What a host has to bring is in host.c (store, clock, policy, calendar, actor) and outbox.c (notifier); what it does with a
 * desk is in cmd_*.c, one file a group of commands; the rest reads arguments and prints.
 */
#ifndef CLI_H
#define CLI_H

#include <complaint.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** Exit statuses. */
enum { CLI_DONE = 0, CLI_REFUSED = 1, CLI_MISUSED = 2 };

/** The options before the command. Texts are argv's own; NULL when not given. */
typedef struct options {
    const char *db, *policy, *calendar, *as, *unit, *on_behalf, *acting_for, *at, *outbox, *sync;
    bool json, read_only;
} options;

/** The case that a row of another table belongs to, and to whom it was sent; kept while rows of the same case follow. */
typedef struct lookup {
    int64_t case_id, referrals_of;
    complaint_page *page, *referrals;
} lookup;

typedef struct cli {
    options opt;
    int64_t at; /* of --at, when has_at */
    bool has_at;
    const char *command; /* its name, for hints */
    complaint_policy *policy;
    complaint_calendar *calendar;
    complaint_sqlite *store;
    complaint_actor *actor;
    complaint_desk *desk;
    lookup *lookup;
    int64_t before, done; /* what a long command has done by earlier calls, and by the one that runs */
    bool keeps;           /* it is kept */
    size_t width; /* what aligned text has to fit; 0: no end */
    FILE *out;    /* where lists for people go: standard output, but for a page that is tried out first */
} cli;

/* ---- buffer.c: texts that grow; ends the program when memory does ---- */

typedef struct buffer {
    char *data; /* NUL-terminated once something was added */
    size_t size, capacity;
} buffer;

void *grow(void *memory, size_t bytes);
void add(buffer *b, const char *data, size_t size);
void add_text(buffer *b, const char *text);
void add_number(buffer *b, int64_t number);
void clear(buffer *b);
void release(buffer *b);
/** Makes a text safe for a screen: what strangers wrote must not move the cursor. Line breaks stay with `keep_lines`, else they become blanks. */
void make_visible(buffer *b, bool keep_lines);
/** Reads a whole stream; false on a read error. */
bool read_all(FILE *file, buffer *b);

/* ---- problem.c: one or two lines on standard error; each answers the exit status ---- */

int refuse(const cli *c, const complaint_error *error);
/** The same for a fault inside a file, which is named too. */
int refuse_in(const cli *c, const char *file, const complaint_error *error);
int refuse_mistakes(const cli *c, const char *file, const complaint_page *mistakes); /* of a policy: one after the other */
int refuse_status(const cli *c, complaint_status status, const char *subject);
/** A long command was ended by a signal: how far it came, and how it goes on. Answers the exit status of that. */
int refuse_interrupted(const cli *c, const char *file);
/** No case, or not one alone, that is meant. */
int refuse_case(const cli *c, complaint_status status, const char *thai, const char *english);
/** A fault of the world around: a file that is not there. `number` is an errno, or 0. */
int refuse_file(const cli *c, const char *path, const char *thai, const char *english, int number);
/** Lines of standard input that are no text: how many, how many of them for each reason that says something of the whole file, the first, and why that one. */
typedef struct unread_lines {
    int64_t count, first, no_utf8, zeros;
    complaint_status status;
} unread_lines;
int refuse_lines(const cli *c, const unread_lines *unread);
/** The command line itself is wrong; `what` is the word at fault or NULL. */
int misuse(const cli *c, const char *thai, const char *english, const char *what);
/** Why a text is no date or time, as the library's parser says it: COMPLAINT_DATE_ERROR_* (0: a time where there should be a day only), COMPLAINT_EXPECTED_*, the first byte at fault. */
typedef struct misread {
    int32_t error, expected;
    size_t offset;
} misread;
/** The word of an option, or of a field of an action, is no date. */
int misuse_date(const cli *c, const char *name, const char *text, const misread *why);
int refuse_date(const cli *c, const char *field, const char *text, const misread *why);
/** What the desk's last call answered: prints its error unless `status` is COMPLAINT_OK. */
int desk_answer(const cli *c, complaint_status status);

/* ---- options.c ---- */

/** One option of a command: it has a value, or it is a switch. */
typedef struct option {
    const char *name; /* with its dashes */
    const char **value;
    bool *given;
} option;

/** Reads the options before the command into c->opt. Answers how many words of argv they took, or -1 after saying what is wrong. */
int read_options(cli *c, int argc, char **argv);
/** Takes the options out of a command's words, wherever they stand; `--` ends them. Answers how many words are left, or -1. */
int take_options(const cli *c, int argc, char **argv, const option *known, size_t count);
/** For commands that take no words. */
int no_words(const cli *c, int argc, char **argv);
/** How much of a long call is to be done, and where it goes on. */
typedef struct stretch {
    const char *budget_text, *token;
    int64_t budget; /* 0: all of it */
} stretch;
/** Takes --budget and --token, which `known` names as members of `stretched`; no words. */
int take_part(const cli *c, int argc, char **argv, const option *known, size_t count, stretch *stretched);
/** The token of a page that is not all: a line, unless JSON has it. */
void print_token(const cli *c, const complaint_page *page);
/** What `complaint --help` says about the options before the command. */
void print_option_help(FILE *out);
/** The same as an argument line, `[--db FILE] [--json]`. */
void add_option_lines(buffer *out);

/* ---- parse.c: what people type ---- */

/** A positive number in Arabic or Thai digits that is the whole text. */
bool parse_number(const char *text, int64_t *number);
/** `12/2569`, in Arabic or Thai digits. */
bool parse_register_number(const char *text, int64_t *number, int32_t *fiscal_year);
/**
 * An instant, or a day that stands for its begin, in ISO layout or as people write them: `2026-11-05T08:30`, `5 พ.ย. 2569 เวลา 08.30 น.`, `๕/๑๑/๖๙`; `now` is what years of two digits
 * are near to. `*why` says what is wrong; it may be NULL.
 */
bool parse_when(const char *text, int64_t now, int64_t *instant, misread *why);
/** A day; a time beside it is one text too many. */
bool parse_date(const char *text, int64_t now, int32_t *day, misread *why);
/** The same for the word of an option: CLI_DONE, or what is wrong is said. */
int take_when(const cli *c, const char *name, const char *text, int64_t *instant);
int take_date(const cli *c, const char *name, const char *text, int32_t *day);
/** Reads the next line without its end; false at the end of the stream. */
bool next_line(FILE *in, buffer *line);

/* ---- lines.c ---- */

/**
 * Runs standard input through `say`, which prints one line. Another program may wait for each answer. `say` answers why a line is no text, which ends nothing, but is said once behind the
 * last line, and is the exit status.
 */
int each_line(const cli *c, complaint_status (*say)(const buffer *line, void *how), void *how);
/** What stands for a line that is no text: `error:utf8`. */
const char *line_fault(complaint_status status);
/** A line break cannot stand in a line: it is written as a backslash and an n, and becomes one. */
void break_lines(char *text, size_t *size);

/* ---- host.c ---- */

/** The file of --db. */
const char *host_db(const cli *c);
/** How long another program's writing is waited for. */
enum { LOCK_SECONDS = 10 };
/** Opens policy, store, calendar, clock and actor and a desk over them. `mode` is COMPLAINT_READ or COMPLAINT_WRITE. */
int host_open(cli *c, int32_t mode);
/** As host_open, for writing, also when the database is not there yet. */
int host_create(cli *c);
void host_close(cli *c);
/** The policy of --policy, by name or file. */
int host_policy(cli *c, const char *name);
int host_check_policy(cli *c, const char *name); /* the same; of a document all mistakes are said */
/** The built-in calendar of a province, with what --calendar changes. */
int host_calendar(cli *c, const char *province);
/** What time the desk thinks it is. */
int64_t host_now(const cli *c);
/** The civil day of the desk's clock. */
int32_t host_today(const cli *c);
/** Case by register number or id. */

/* ---- find.c ---- */

/** Before a number of the register that the office kept before; `old:` is the same. */
#define LEGACY_MARK "เดิม:"
/** Whether a text has the form of one that host_find_case looks for. */
bool is_case_name(const char *text);
/** By id, register number, or number in the old register; several of that number are listed on standard error. */
int host_find_case(const cli *c, const char *text, int64_t *case_id);

/* ---- interrupt.c ---- */

/** From here on Ctrl-C ends the desk's call at its next step, with COMPLAINT_E_CANCELLED. `keeps`: what was done until then stays, and the same command goes on from there. */
void take_interrupts(cli *c, bool keeps);
/** The progress callback of each desk; `context` is the cli. */
int32_t ask_interrupt(void *context, int64_t done);
/** For what a command does between two calls. */
bool is_interrupted(void);
/** As a shell has it for a program that a signal ended. */
int interrupted_exit(void);

/* ---- outbox.c ---- */

complaint_notifier outbox_notifier(cli *c);

/* ---- output.c: files that a command writes ---- */

/** None of the database's files, of those that options before the command name, and of `inputs` (up to NULL, or NULL for none); else that is said. */
int check_output(const cli *c, const char *path, const char *const *inputs);
/** The same, and finds out before anything is done whether a file can be written when it is, and leaves nothing of it. What is no file of its own (a pipe) is not opened twice. */
int check_writable(const cli *c, const char *path, const char *thai, const char *english);
/** Whether there is a file already, with something in it. */
bool is_written(const char *path);
/** Writes a text to a file, or standard output for NULL. */
int write_document(const cli *c, const char *path, const complaint_text *text);

/* ---- words.c: codes and times as people say them ---- */

const char *word_of(const char *group, const char *code);
const char *label_of(const cli *c, int32_t kind, const char *code);
/** To whom a notice goes: the complainant, by his number when he is not the first, the origin, a role or a unit. */
void add_recipient(const cli *c, const char *code, buffer *out);
/** What a choice of a field is called by the policy, else by the library, else the code itself. */
const char *choice_of(const cli *c, const char *field, const char *code);
void add_instant(buffer *b, int64_t instant, int32_t style);
/** A date that somebody gave; with the time when it has one. */
void add_date(buffer *b, int64_t instant);
void add_deadline(buffer *b, int64_t instant);
void add_duration(buffer *b, int64_t milliseconds);
void add_flags(const cli *c, buffer *b, int64_t flags, bool people);

/* ---- width.c ---- */

/** Columns of the terminal that standard output is: of COLUMNS, else as the terminal says; 0 when it is none, or does not know. */
size_t screen_width(void);
/** Columns a text takes on a screen: Thai vowels above and below and tone marks take none. */
size_t display_width(const char *text);
/** The bytes of the longest beginning that takes at most `columns`. */
size_t fitting_bytes(const char *text, size_t columns);
/** The bytes of a first line of at most `columns`: up to a blank or the begin of a word where there is one, never inside a syllable's signs. All of the text when it fits; at least one character. */
size_t line_bytes(const char *text, size_t columns);

/* ---- table.c: aligned for a terminal, TSV otherwise ---- */

typedef struct table table;

/** What may be done to a column where the screen is too narrow: nothing, cells cut, cells that go on in the next line. */
enum fit { FIT_NOT, FIT_CUT, FIT_WRAP };

table *table_new(int columns);
/** The cells of a row are added one by one, from left to right; a text is copied. A cell may have several lines. */
void table_cell(table *t, const char *text);
void table_align_right(table *t, int which);
/** How a column may be narrowed, and its rank among those to be left out: the highest first, 0 never. */
void table_allow(table *t, int which, enum fit fit, int rank);
/** Columns of the whole table as it is. */
size_t table_width(table *t);
/** `width` is the screen's, 0 for as wide as it is. What could not be shown is left out: table_dropped. */
void table_print_aligned(table *t, FILE *out, const char *indent, size_t width);
/** Appends the headings (cells of the first row) of columns that were left out. */
void table_dropped(const table *t, buffer *names);
void table_print_tsv(const table *t, FILE *out);
void table_free(table *t);

/* ---- columns.c, cell.c, view.c: pages for people and programs ---- */

/** How a column's cells are said. */
enum cell {
    CELL_TEXT,
    CELL_NUMBER,
    CELL_TIME,
    CELL_DAY,  /* a civil day */
    CELL_DATE, /* a time that is a date unless somebody gave the hour */
    CELL_DEADLINE,
    CELL_LEFT,
    CELL_CODE,
    CELL_WORD,
    CELL_CHOICE, /* of the field that `group` names */
    CELL_FLAGS,
    CELL_REGISTER,
    CELL_KNOWN_AS, /* the register number; for people, the id of a case that has none yet */
    CELL_EXCERPT,
    CELL_LATE,
    CELL_RECIPIENT,
    CELL_DUTY,   /* of a day and channel: checked, missed, or open while the day lasts */
    CELL_UNITS,  /* who is asked, of a clock */
    CELL_PHONES, /* and how he is reached */
    CELL_CLOCK,  /* a clock, and the unit whose it is */
    CELL_WHOSE,  /* the unit whose clock it is; in a list of cases the unit that leads where it is the case's own */
    CELL_CASE,   /* the register number of a case id */
    CELL_STREAM, /* the case, message or day that a notice is about */
    CELL_MOMENT, /* for a narrow page: day and time without this year, a day without it, what is left without the deadline, a shorter excerpt */
    CELL_NEAR_DAY,
    CELL_SOON,
    CELL_GLIMPSE
};

typedef struct column {
    const char *name;    /* the page's column; the heading of TSV */
    const char *heading; /* Thai, for people; NULL: for programs only, people are told in another cell */
    enum cell cell;
    int32_t kind;      /* CELL_CODE: COMPLAINT_CODE_* */
    const char *group; /* CELL_WORD: of words.c; CELL_CHOICE: a field of the policy */
} column;

typedef struct view {
    const column *columns;
    int count;
    const char *empty; /* Thai: what to say for no rows */
    const char *spare; /* names of columns to be left out where the screen is too narrow, in this order, separated by blanks */
} view;

/** The row of a case; NULL when it may not be seen. Borrowed, until another is asked for. */
const complaint_page *case_of(const cli *c, int64_t id);
/** The register number of a case, or its id while it has none or may not be seen. */
void add_case_number(const cli *c, int64_t id, buffer *out);
void add_cell(const cli *c, const complaint_page *page, int64_t row, const column *shown, bool people, buffer *out);

/** Several pages that are one list. */
typedef struct pages {
    complaint_page **items;
    size_t count;
} pages;

/** Answers the next page of a list. */
typedef complaint_status (*fetch_fn)(const cli *c, const void *what, const char *token, int64_t limit, complaint_page **page);
/** All pages of a list; to be freed whatever the answer. */
complaint_status collect(const cli *c, fetch_fn fetch, const void *what, pages *all);
void free_pages(pages *all);

/** The rows of one or several lists, in an order of their own. */
typedef struct place {
    size_t page;
    int64_t at;
} place;
typedef struct listing {
    pages pages;
    place *rows;
    size_t count;
    size_t last; /* those that put_last has put there */
} listing;

/** Appends a whole list; to be freed whatever the answer. */
complaint_status add_list(const cli *c, fetch_fn fetch, const void *what, listing *l);
/** Appends a page, which the listing then owns. */
void add_page(complaint_page *page, listing *l);
/** By a column of integers, rising; rows that agree stay as they are. */
void sort_listing(listing *l, const char *by);
void keep_rows(listing *l, bool (*keep)(const cli *c, const complaint_page *page, int64_t row), const cli *c);
/** Rows of that kind go to the end, in their order. */
void put_last(listing *l, bool (*is_last)(const cli *c, const complaint_page *page, int64_t row), const cli *c);
void free_listing(listing *l);

/** JSON, an aligned table on a terminal, else TSV. */
int print_listing(const cli *c, const view *v, const listing *l);
/** At most `most` rows, aligned whatever standard output is; answers how many were left out. */
size_t print_rows(const cli *c, const view *v, const listing *l, size_t most, const char *indent);
/** The rows of a page to `c->out`, aligned whatever that is. */
void print_aside(const cli *c, const view *v, complaint_page *page);
/** The same under a title. */
void print_section(const cli *c, const char *title, const view *v, complaint_page *page);
/** The same rows as an array of JSON. */
bool json_section(const cli *c, const view *v, buffer *b, const char *name, complaint_page *page);
/** Lines of text, each going on below itself where the screen ends. */
void print_text(const cli *c, const char *text, const char *indent);
/** Adds lines under the one of a column: two cells each, a heading and a value. */
typedef void (*beside_fn)(const cli *c, const void *context, const column *shown, table *t);
/** One row as `heading value` lines, and what `beside` (may be NULL) adds under them. Empty values are left out. */
void print_record(const cli *c, const view *v, const complaint_page *page, int64_t row, beside_fn beside, const void *context);
/** A whole list. */
int print_list(const cli *c, const view *v, fetch_fn fetch, const void *what);
/** A single page in the same three ways. */
int print_page(const cli *c, const view *v, complaint_page *page);
extern const view case_view, open_view, due_view, answer_view, head_view, chase_view, duty_view, refused_view, unit_view, paper_view, link_view, clock_view, referral_view,
    party_view, notice_view, message_view, case_message_view, inbox_view, evidence_view, action_view, finding_view, refused_line_view, register_finding_view;

/* ---- json.c ---- */

void json_string(buffer *b, const char *text);
void json_member(buffer *b, const char *name);
void json_text(buffer *b, const char *name, const char *text);
void json_integer(buffer *b, const char *name, int64_t number);
/** An id: written as a string; null when 0. */
void json_id(buffer *b, const char *name, int64_t id);
/** A value that is JSON already. */
void json_raw(buffer *b, const char *name, const char *value);
/** A page as the array it is. */
bool json_page(buffer *b, const char *name, const complaint_page *page);
/** Several pages as one array. */
bool json_pages(buffer *b, const char *name, const pages *all);
/** Behind white space; behind the value that begins here. */
const char *json_space(const char *at);
const char *json_skip(const char *at);
/** Finds the value of a member in a JSON object; false when it is not there. Both ends are set. */
bool json_find(const char *object, const char *name, const char **begin, const char **end);
/** The integer of a member; `otherwise` when it is not there. */
int64_t json_number(const char *object, const char *name, int64_t otherwise);
/** Appends the value of a member, a string's without quotes and escapes; nothing when it is not there. */
void json_plain(const char *object, const char *name, buffer *out);
/** Calls `each` with every item of a member that is an array; an item goes on into the rest of the text. */
void json_items(const char *object, const char *name, void (*each)(void *context, const char *item), void *context);
/** Calls `each` for every member: name and text of the value, a string's without quotes and escapes. */
void json_each(const char *object, void (*each)(void *context, const char *name, const char *value), void *context);

/* ---- json_rows.c: rows with all that a table of them shows ---- */

/** The rows of a listing, in its order. */
bool json_listing(const cli *c, const view *v, buffer *b, const char *name, const listing *l);
/** The only row of a page as an object; null when there is none. */
bool json_record(const cli *c, const view *v, buffer *b, const char *name, const complaint_page *page);

/* ---- commands ---- */

typedef struct command {
    const char *name;
    const char *arguments;
    const char *thai, *english;
    const char *details, *thai_details; /* for `complaint help NAME` */
    int (*run)(cli *c, int argc, char **argv);
} command;

extern const command commands[]; /* ends with a NULL name */
const command *command_find(const char *name);
int run_help(cli *c, int argc, char **argv);
void print_help(FILE *out);

int run_init(cli *c, int argc, char **argv);
int run_deliver(cli *c, int argc, char **argv);
int run_verify(cli *c, int argc, char **argv);
int run_seal(cli *c, int argc, char **argv);
int run_report(cli *c, int argc, char **argv);
int run_receive(cli *c, int argc, char **argv);
int run_triage(cli *c, int argc, char **argv);
int run_import(cli *c, int argc, char **argv);
int run_do(cli *c, int argc, char **argv);
int run_show(cli *c, int argc, char **argv);
int run_message(cli *c, int argc, char **argv);
int run_inbox(cli *c, int argc, char **argv);
int run_worklist(cli *c, int argc, char **argv);
int run_today(cli *c, int argc, char **argv);
int run_duty(cli *c, int argc, char **argv);
int run_tick(cli *c, int argc, char **argv);
int run_recompute(cli *c, int argc, char **argv);
int run_completion(cli *c, int argc, char **argv);
int run_export(cli *c, int argc, char **argv);
int run_import_archive(cli *c, int argc, char **argv);
int run_policy(cli *c, int argc, char **argv);
int run_calendar(cli *c, int argc, char **argv);
int run_date(cli *c, int argc, char **argv);
int run_redact(cli *c, int argc, char **argv);
int run_classify(cli *c, int argc, char **argv);

/* ---- worklists.c: what waits, by the policy's own clocks ---- */

typedef struct worklist worklist;
const worklist *worklist_at(size_t i); /* NULL behind the last */
const worklist *worklist_find(const char *name);
const char *worklist_name(const worklist *w);
const view *worklist_view(const worklist *w);
/** Whether the list is made of clocks that a certain deed ends, this one among them. */
bool worklist_takes(const cli *c, const worklist *w, const char *rule);
/** Whether one clock may be named. */
bool worklist_has_rules(const worklist *w);
/** Reads a worklist; clocks only up to `until` (INT64_MAX: all), and only those of `rule` unless it is NULL. To be freed whatever the answer. */
complaint_status read_worklist(const cli *c, const worklist *w, const char *rule, int64_t until, listing *l);

/* ---- missed.c ---- */

/** How many lines the unchecked days and channels of a listing make; prints at most so many, and answers how many were left out. */
size_t missed_lines(const cli *c, const listing *l);
size_t print_missed(const cli *c, const listing *l, size_t most);

/* ---- evidence.c: files that come with a message or an action ---- */

enum { EVIDENCE_MAX = 64 };
typedef struct evidence_files {
    const char *paths[EVIDENCE_MAX]; /* argv's own */
    size_t count;
} evidence_files;
/** Takes each `--evidence FILE` out of a command's words, before its other options. Answers how many words are left, or -1. */
int take_evidence(const cli *c, int argc, char **argv, evidence_files *files);
/** Keeps the files and names them in the draft. What is wrong with one is said, with its path. */
int add_evidence_files(const cli *c, const evidence_files *files, complaint_draft *draft);

/* ---- act.c: one action, from words to its outcome ---- */

typedef struct action {
    int32_t verb;
    int64_t case_id, message;
    const char *request_id, *revision, *happened; /* as typed; NULL when not given */
    int field_count;
    char **fields; /* FIELD=VALUE */
    evidence_files evidence;
} action;

/** Does the action and prints its outcome. */
int act(cli *c, const action *a);

/* ---- answer.c: what was done: a sentence on a terminal; NAME, TAB, value, a line each, otherwise; or JSON ---- */

/** Whether a person reads the answer: standard output is a terminal and nobody asked for JSON. */
bool for_people(const cli *c);
int print_outcome(const cli *c, int32_t verb, const complaint_outcome *outcome);
/** How much a command did: the one row of a page. */
void print_counts(const cli *c, const complaint_page *tally);
/** The same for counts of the command's own. */
typedef struct tallied {
    const char *name;
    int64_t count;
} tallied;
void print_tally(const cli *c, const tallied *counts, size_t count);

/* ---- doing.c ---- */

/** The code of what a field may hold, when it is given by its Thai name; else what was said. */
const char *code_of(const cli *c, const char *field, const char *said);
/** The same of a unit or a role, on whose behalf somebody acts; a person's name is what was said. */
const char *principal_of(const cli *c, const char *said);
/** What this actor may do next with a case, and what each action needs; only `verb` unless it is NULL. */
int help_actions(cli *c, const char *number, const char *verb);
/** The refusal of a verb that is none, with the one that may have been meant. */
int unknown_verb(const cli *c, const char *verb);

/* ---- facebook.c ---- */

/** Imports all conversations below the root of a page's download and prints one tally. */
int import_facebook(cli *c, const char *channel, const char *folder);

/* ---- incoming.c ---- */

typedef struct register_options {
    const char *path, *encoding, *mapping, *refused; /* refused: where the rows go that were refused; NULL: nowhere */
    bool dry;
} register_options;
/** Imports an old register and prints what is to say about its rows. */
int import_register(cli *c, const register_options *o);
/** The mapping file that comes with the library. */
int print_mapping(void);

typedef struct webhook_options {
    int32_t service; /* COMPLAINT_WEBHOOK_* */
    const char *path, *channel, *signature, *secret_file;
} webhook_options;
/** Takes one body as a messaging service has sent it. */
int import_webhook(cli *c, const webhook_options *o);

/* ---- clock_talk.c ---- */

typedef struct known_clock known_clock;
/** What the events so far said of a case's clocks; begins empty. */
typedef struct clock_talk {
    known_clock *clocks;
    size_t count;
} clock_talk;

/** Appends what an event did to the clocks, a line each; only events in their order. */
void say_clocks(const cli *c, clock_talk *talk, const char *payload, buffer *out);
void end_talk(clock_talk *talk);

/* ---- timeline.c ---- */

/** The value of a field as people say it: labels for codes, a day for a time. */
void say_value(const cli *c, const char *field, const char *value, buffer *out);
/** The log of a case or message, all of it. */
complaint_status read_timeline(const cli *c, int64_t stream, pages *events);
/** A line an event. */
void print_timeline(const cli *c, const pages *events);

#endif
