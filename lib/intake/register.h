/*
 * intake/register: an old register, a table that people filled in by hand, read as facts.
 *
 * Owns: tables of separated values, the words of a mapping file, what a row says and what is wrong with it. Pure: desks and stores are
 * register_import.c's. Must not know: what a class or a unit means.
 */
#ifndef CPL_INTAKE_REGISTER_H
#define CPL_INTAKE_REGISTER_H

#include "intake/intake.h"

/* ---- csv.c: a table of separated values ---------------------------------------------------------------------------- */

/* RFC 4180, with comma, semicolon or tab, any of the three line ends, and quotation marks inside a cell that does not begin with one. */
typedef struct cpl_csv {
    cpl_str text;
    size_t at;
    int64_t line; /* of `at`, from 1 */
    char separator;
} cpl_csv;

enum { CPL_CSV_CELLS = 256 };

typedef struct cpl_csv_record {
    cpl_str cells[CPL_CSV_CELLS]; /* of the text, or of the arena */
    size_t count;                 /* 0: the text is at its end */
    int64_t line;                 /* its first */
} cpl_csv_record;

/* Separator: the one of the three that the first record has most often; the comma when it has none. */
void cpl_csv_begin(cpl_csv *csv, cpl_str text);
/* E_SYNTAX with the line for a cell whose quotation mark is not closed, or is followed by something else, and for more than CPL_CSV_CELLS cells. */
complaint_status cpl_csv_next(cpl_csv *csv, cpl_arena *a, cpl_csv_record *record, complaint_error *e);

/* ---- register_mapping.c: the words of an office -------------------------------------------------------------------- */

enum {
    CPL_COLUMN_NUMBER, CPL_COLUMN_RECEIVED, CPL_COLUMN_TIME, CPL_COLUMN_CHANNEL, CPL_COLUMN_COMPLAINANT, CPL_COLUMN_SUBJECT, CPL_COLUMN_CLASS, CPL_COLUMN_UNIT, CPL_COLUMN_ACKNOWLEDGED, CPL_COLUMN_FORWARDED, CPL_COLUMN_RESULT,
    CPL_COLUMN_NOTIFIED, CPL_COLUMN_STATUS, CPL_COLUMN_REMARK, CPL_COLUMN_PHONE, CPL_COLUMN_EMAIL, CPL_COLUMN_ADDRESS, CPL_COLUMN_REFUSED, CPL_COLUMN_MARK,
    CPL_COLUMN_COUNT
};
extern const char *const cpl_column_names[CPL_COLUMN_COUNT]; /* "number" … */

/* A word as it is compared: normal form, small letters, Arabic digits. `prefix`: it was written with a star behind it, `suffix`: before it. */
typedef struct cpl_word {
    cpl_str text;
    bool prefix, suffix;
} cpl_word;
typedef struct cpl_words {
    cpl_word *items;
    size_t count;
} cpl_words;

enum { CPL_CODES_MAX = 8 };
typedef struct cpl_codes {
    cpl_str items[CPL_CODES_MAX]; /* the first that the policy has is taken */
    size_t count;
} cpl_codes;

/* What words stand for. */
typedef struct cpl_meaning {
    cpl_words words;
    cpl_codes codes; /* of the policy: channels, classes or units */
    cpl_str is;      /* channels: as; complainants: identity; statuses: status */
    cpl_str origin;  /* channels */
    const cpl_json *at;
} cpl_meaning;
typedef struct cpl_meanings {
    cpl_meaning *items;
    size_t count;
} cpl_meanings;

/* A mark that the register's words give a matter. */
typedef struct cpl_marking {
    cpl_str flag; /* of the policy; one that it has not is not set */
    cpl_words words, except;
    bool in[CPL_COLUMN_COUNT]; /* the columns that are looked at */
} cpl_marking;
enum { CPL_MARKINGS_MAX = 8 };

/* By what channel the complainant is reached at what stands in a column. */
typedef struct cpl_contact {
    int column; /* CPL_COLUMN_PHONE, _EMAIL, _ADDRESS */
    cpl_codes channels;
    const cpl_json *at;
} cpl_contact;
enum { CPL_CONTACTS_MAX = 8 };

enum { CPL_STEP_FIELDS = 8, CPL_MONTHS = 12 };
/* What is entered with a step, because the procedure asks for it and no register has it. */
typedef struct cpl_step_words {
    int32_t verb;
    cpl_str names[CPL_STEP_FIELDS], values[CPL_STEP_FIELDS];
    const cpl_json *at[CPL_STEP_FIELDS];
    size_t count;
} cpl_step_words;

typedef struct cpl_mapping {
    cpl_json_doc *doc; /* strings are borrowed from it */
    cpl_arena arena;
    cpl_words columns[CPL_COLUMN_COUNT], blank, ditto, subtotals, months[CPL_MONTHS]; /* months: names that no date has elsewhere, January first */
    cpl_meanings channels, complainants, classes, units, statuses;
    cpl_codes unclassified, elsewhere, between_units, row; /* between_units: what stands between two in one cell, as it is; row: fields for the whole row, which say who somebody is */
    cpl_str refused, mark; /* headings in the file of what was refused: the reasons, which row it is */
    cpl_str not_sent; /* what is noted of a sending to nobody that the policy knows, before the cells themselves; may be empty */
    cpl_str also_sent; /* the same of a sending to several, of which one is entered */
    cpl_marking markings[CPL_MARKINGS_MAX];
    size_t marking_count;
    cpl_contact contacts[CPL_CONTACTS_MAX]; /* the best first */
    size_t contact_count;
    cpl_step_words *steps;
    size_t step_count;
} cpl_mapping;

/* Whether the column says who the complainant is: his name, or where he is reached. */
bool cpl_column_names_complainant(int column);
/* Empty `document`: the one that comes with the library. E_SYNTAX and its details, E_INVALID, E_UNKNOWN_CODE with line and path. To be freed, also after a failure. */
complaint_status cpl_mapping_read(const cpl_memory *m, cpl_str document, cpl_mapping *mapping, complaint_error *e);
void cpl_mapping_free(cpl_mapping *mapping);

/* The word as it is compared, in the arena; false when out of memory. Bytes that are no UTF-8 do not occur: the file was decoded. */
bool cpl_word_make(cpl_normal *normal, cpl_arena *a, cpl_str text, cpl_str *word);
/* A heading as it is compared: the word without blanks, line breaks and signs, which people put into headings to make them fit. In place. */
void cpl_word_close_up(cpl_str *word);
bool cpl_words_have(const cpl_words *words, cpl_str word);
/* The first of the words that stands in the cell otherwise than as part of one of the phrases. */
const cpl_word *cpl_words_find_outside(const cpl_words *words, const cpl_words *phrases, cpl_str cell);
/* The meaning of the word as it stands; NULL: the office has none. */
const cpl_meaning *cpl_meaning_exactly(const cpl_meanings *meanings, cpl_str word);
/* The same, else by the longest part of it that is a word with stars. */
const cpl_meaning *cpl_meaning_of(const cpl_meanings *meanings, cpl_str word);

/* ---- register_date.c: what people write into cells for dates and times ---------------------------------------------- */

typedef enum {
    CPL_CELL_BLANK, CPL_CELL_READ, CPL_CELL_WRONG
} cpl_cell_state;

typedef struct cpl_cell_date {
    cpl_cell_state state;
    int32_t day;
    int64_t millisecond; /* since 00:00; -1: no time was written */
    const char *reason;  /* when WRONG: a code of complaint/register.h */
    int32_t error;       /* COMPLAINT_DATE_ERROR_* when the parser of dates said so, else 0 */
    bool weekday_mismatch, serial;
} cpl_cell_date;

/* `months`: names besides those of the calendar, January first; `today`: the day of entry; a year after its year, or more than 30 before, is implausible. */
void cpl_cell_read_date(cpl_str cell, const cpl_words months[CPL_MONTHS], int32_t today, cpl_cell_date *date);
/* READ with `*millisecond` (24:00 is a whole day), or WRONG with *reason. */
cpl_cell_state cpl_cell_read_time(cpl_str cell, int64_t *millisecond, const char **reason);

/* ---- register_read.c: the rows ----------------------------------------------------------------------------------------- */

typedef enum { CPL_ROW_RECORD, CPL_ROW_SHORT, CPL_ROW_LONG, CPL_ROW_BLANK, CPL_ROW_SUBTOTAL, CPL_ROW_TITLE, CPL_ROW_HEADER, CPL_ROW_NOTE } cpl_row_kind;
const char *cpl_row_kind_name(cpl_row_kind kind); /* "record_short" */

typedef enum { CPL_FINDING_SKIPPED, CPL_FINDING_NOTE, CPL_FINDING_WARNING, CPL_FINDING_REFUSED } cpl_finding_kind;

typedef struct cpl_register_finding {
    size_t row; /* from 1; 0: the file's heading */
    int64_t line;
    cpl_finding_kind kind;
    const char *field, *reason; /* static: a column, a code */
    cpl_str cell;
    cpl_str thai, english; /* more than the reason's own sentence; empty */
} cpl_register_finding;

/* Why a row has a mark: the first of its words that is there, and where. */
typedef struct cpl_marked {
    const cpl_marking *marking;
    cpl_str word;
    int column;
    bool by_class; /* a word of the class says so too, or alone */
} cpl_marked;

/* A row as facts. Codes are those of the mapping, not yet looked up in a policy. */
typedef struct cpl_register_row {
    size_t row, fields;
    int64_t line;
    cpl_row_kind kind;
    bool refused;
    const cpl_str *all;              /* the cells as they stand, `fields` of them; of a record */
    cpl_str cells[CPL_COLUMN_COUNT]; /* trimmed; empty where the row has none */
    cpl_str whole;                   /* the row as lines of `heading: cell`, for the file */
    cpl_str plain;                   /* the same without the complainant, where he is reached, and columns that are none of ours, which may say who he is */
    const char *received_reason, *time_reason;
    int32_t received_day;
    bool has_time;
    int64_t received_at;
    const cpl_meaning *channel, *complainant, *class_is, *unit, *status; /* NULL: not known; complainant: named */
    bool several_units;
    bool ditto, weekday_mismatch, serial, out_of_sequence, result_first;
    cpl_cell_date acknowledged, forwarded, result, notified;
    cpl_marked marks[CPL_MARKINGS_MAX];
    size_t mark_count;
    cpl_str external_id;
    cpl_str mark, mark_id; /* what the file of what was refused knows it by; the same as it stands in an external id */
    bool marked;           /* it comes from such a file, and is known by its mark */
    bool repeated;         /* an earlier row has the same name */
} cpl_register_row;

/* A case, or a message that was set aside, as it was imported before, by what a row of another import may be it. */
typedef struct cpl_imported {
    int64_t case_id, message; /* 0: it is the other */
    int32_t day, year; /* year: of the number, as it is written; 0: it is not */
    cpl_str number; /* as it is looked up by; empty: none */
    cpl_str name, subject; /* closed up; empty: none that says anything */
    cpl_str external_id;
} cpl_imported;

typedef struct cpl_register {
    cpl_arena arena;
    cpl_imported *imported; /* before, of the rows' days and a year around; once they were asked for */
    size_t imported_count;
    bool imported_read;
    cpl_register_row *rows;
    size_t count, capacity;
    cpl_register_finding *findings;
    size_t finding_count, finding_capacity;
    const cpl_memory *memory;
    int32_t charset; /* as it was found */
    cpl_str headings[CPL_COLUMN_COUNT]; /* as the file has them; empty: it has no such column */
    int64_t heading_line;
    const cpl_str *all_headings; /* each of the file, `width` of them */
    const int *columns;          /* CPL_COLUMN_* of each; -1: none of ours */
    size_t width;
    bool has_refused, has_mark; /* it is itself a file of what was refused */
} cpl_register;

/* Reads the whole file. `today`: of the desk's clock. E_SYNTAX, E_UTF8, E_NUL, E_CHARSET with line; E_INVALID when there is no heading. To be freed, also after a failure. */
complaint_status cpl_register_read(const cpl_memory *m, cpl_str bytes, int32_t charset, const cpl_mapping *mapping, int64_t now, cpl_register *reg, complaint_error *e);
void cpl_register_free(cpl_register *reg);
/* The complainant's name; empty where the cell has a word for one who does not want to be named, or is not known. */
cpl_str cpl_register_sender(const cpl_register_row *row);
/* False when out of memory. */
bool cpl_register_find(cpl_register *reg, const cpl_register_finding *finding);

/* ---- register_names.c: what makes a row this one ----------------------------------------------------------------------------- */

/* Gives records their marks, and those that were not refused their external ids; says which are repeated. */
complaint_status cpl_register_name_rows(cpl_register *reg, cpl_normal *normal, complaint_error *e);
/* What the ids of rows begin with that are like this one (of a plain row), and came from a file of what was refused. */
cpl_str cpl_register_marked_ids(cpl_arena *a, cpl_str external_id);
/* Whether a row of the file has this id, or is refused and was imported by it when it had been put right elsewhere. */
bool cpl_register_has(const cpl_register *reg, cpl_str external_id);

/* ---- register_known.c: rows that are in the system already ------------------------------------------------------------------ */

/* The message that a row became, by whatever channel; 0: none. One that it became when it was put right among what was refused is its own from then on: it takes that id. Reads in the transaction, as the others here. */
complaint_status cpl_register_known(cpl_register *reg, const complaint_policy *policy, cpl_tx *tx, cpl_register_row *row, int64_t *message);
/* What may be the row's as it stood before somebody put it right, and in what they are alike. What belongs to rows that stand in the file as they were imported is not asked. */
typedef struct cpl_resemblance {
    int64_t case_id, message;   /* 0: it is the other */
    const char *thai, *english; /* NULL: there is none */
} cpl_resemblance;
/* Alike are number and day, number and subject; of two numbers day and subject, unless two others are named; where one has no number day and complainant, day and subject; where neither has one complainant and subject. A message that was set aside counts as
 * without. Another day counts within a year. */
complaint_status cpl_register_resembling(cpl_register *reg, cpl_tx *tx, const cpl_register_row *row, cpl_resemblance *found);
/* Which columns of the row are not what was imported of it with the message; none when that is not to be had. `fields`: those that may hold the whole row. Reads in the transaction. */
complaint_status cpl_register_compare(const cpl_register *reg, const cpl_codes *fields, cpl_tx *tx, int64_t message, const cpl_register_row *row, bool differs[CPL_COLUMN_COUNT], bool *any);

/* ---- register_words.c ------------------------------------------------------------------------------------------------- */

const char *cpl_register_sentence(const char *reason); /* in Thai */
/* The file's heading of the column that a finding is about; empty: it is about none. */
cpl_str cpl_register_heading(const cpl_register *reg, const char *field);
/* The page of complaint_import_register, by rows, what was found first of one first. */
complaint_status cpl_register_findings(const cpl_register *reg, const cpl_memory *m, complaint_page **page, complaint_error *e);

/* ---- register_refused.c: what is put right and imported again ------------------------------------------------------------------ */

/* The rows that were refused as a table of its own, with columns for the reasons and the marks under headings of the mapping; empty when there is none. E_MEMORY. */
complaint_status cpl_register_refused(const cpl_register *reg, const cpl_mapping *mapping, complaint_text **text);

#endif
