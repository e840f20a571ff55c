/**
 * @file complaint/register.h
 * The register that an office kept before: a table from a spreadsheet, filled in by hand.
 *
 * A file of separated values (comma, semicolon or tab; UTF-8 or Windows-874; both are recognised). One row is one matter. Each becomes a whole case with its history,
 * entered silently (nobody is told anything) with the times of the register; or a message that is set aside, when the register calls it no complaint; or it is listed with
 * line, field and reason. docs/register-import.md is the manual for officers: which words are known, which rows are refused, how an office gives its own words.
 *
 * A case keeps its number there as `legacy_number`, which need not be unique, and gets none of this office's register. How far the procedure is walked follows from the
 * status and the dates; guards of the policy that are `waived_for_history` do not bind it. The row as it stood is kept as a note.
 *
 * Importing is idempotent. A row is known again by its number, day and subject, without a number by its day, complainant and subject (and its order among rows that are the same in these), wherever it
 * stands in the file: what was refused can be put right and the file imported again; what was imported is counted as known and left alone. A row of the file of what was refused is known by its mark there
 * besides, so it is none that it reads like once it was put right. An import that was interrupted is completed by another.
 */
#ifndef COMPLAINT_REGISTER_H
#define COMPLAINT_REGISTER_H

#include <complaint/desk.h>
#include <complaint/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Flags of complaint_import_register. Values are permanent. */
enum {
    COMPLAINT_REGISTER_DRY_RUN = 1 /**< everything is done and taken back: the pages are those of a real run, nothing is written */
};

/**
 * Imports a register. `encoding` is `utf-8`, `windows-874` (also `cp874`, `tis-620`), or NULL or `auto`: it is found out. `mapping` is a mapping file (JSON), which says
 * how headings are called and what the words in the cells mean; NULL: the one that comes with the library, complaint_register_mapping(). `flags`: COMPLAINT_REGISTER_*.
 *
 * The actor needs the roles of those verbs that a row asks for (usually `officer`); what the procedure does not let him enter is told as `not_walked`, and the case stays
 * where it could be brought to.
 *
 * `*rows` (may be NULL), a row per record behind the heading: row (from 1), line (the first in the file), fields (cells), kind (record, record_short, record_long, blank,
 * subtotal, title, repeated_header, note), outcome (added, set_aside, known, refused, skipped), legacy_number, received (a time, or a day at 00:00), has_time (0/1), channel,
 * identity, class, flags (bits as in complaint_case, of an added row), status, acknowledged, forwarded, result, notified (days at 00:00, or null), state (of the policy, where the case stands).
 *
 * `*findings` (may be NULL), what there is to say about rows, in their order: row (0: the heading), line, severity (refused, warning, note, skipped), field (a column by its name in
 * the mapping, or row, heading, procedure), reason, cell (as it stands; personal data may be among it), thai, english. Reasons:
 *
 * - a row is refused: `missing`, `invalid_date`, `unparseable`, `implausible_year` (after the year of entry, or more than 30 before it), `ambiguous_year`, `ambiguous_era`
 *   (`8 Sep 2026`), `ditto_of_nothing`, `in_future`, all of the day of receipt; `not_received` (the desk does not take it)
 * - a warning, the row is imported: the same of another date, which is then left out; `invalid_time`, `unparseable_time` (the day alone is taken), `weekday_mismatch`, `ditto`,
 *   `serial` (a spreadsheet's number for a day), `out_of_sequence` (more than 90 days before the row above), `result_before_forward`, `unknown_channel`, `unknown_class`,
 *   `class_not_given`, `unknown_unit`, `unknown_status`, `no_subject`, `before_receipt`, `told_before_result` (days in an order that cannot be), `several_units` (in one cell that is no word
 *   of the mapping as it stands: the first that is known is taken, the others stand in a note; those that are not known are told as `unknown_unit`), `no_class_column` (of the file, once),
 *   `unknown_code` (of the mapping that was given, once: the policy has none of the codes of a meaning; a note, of a flag), `short_row`, `extra_cells`, `unknown_column`, `duplicate_column` (the first of both is read), `no_unit` (the forwarding and a result are
 *   entered as a note only), `sent_elsewhere` (entered as referred to an agency that is not named), `repeated_row` (as an earlier line, which is named),
 *   `resembles` (an imported case whose own row is not in the file, which is named by its id, has the same number (5/2568 and 5/2569 are two), and the same day of receipt, or subject within a year; or another number, and the same day and subject, unless
 *   two others are named; or one of both has no number, and the day is the same, and complainant or subject; or neither has a number, and complainant and subject are the same within a year; or a message that was set aside in the same way, named by its id), `stays_open` (a withdrawal that does not end it), `not_walked`; of a known row
 *   `changed` and nothing else: the column is not what was imported, and nothing is done
 * - a warning of the whole file: `row_in_part`, the policy has no field marked `identity` for the whole row (key `row` of the mapping), so rows are kept without what may name the complainant or say where he is reached
 * - a note: `flagged`, `cell` is the word, `field` where it was found; of the whole file `contact_in_row`, once a column (`phone`, `email`, `address`): how many cells are with their rows only, because the complainant
 *   is reached another way
 * - a row that is none is skipped: its kind
 *
 * `*tally` (may be NULL) is one row: rows, added, set_aside, known, refused, skipped, warnings, changed (known rows that say something else now), flagged, open (added cases that are not finished).
 *
 * `*refused` (may be NULL) is the refused rows as a file to be put right and imported by itself: CSV in UTF-8 with a byte order mark, the register's heading and cells as they stand (a ditto mark of a known day as that
 * day), and two columns more: the reasons in Thai, which are not read (key `refused` of the mapping's columns), and a mark of the row, to be left as it is (key `mark`). By that a row of such a file is known again when the file is imported twice,
 * and when the row is put right in the register later. One that was put right in the register before is known if no other row of the register has its number and subject, or complainant and subject, and nothing but the day was put right; else
 * it becomes a case of its own, with `resembles`. Empty when no row was refused. It has personal data as the register does.
 *
 * COMPLAINT_E_SYNTAX (a quotation mark that is never closed, or a mapping that is no JSON), _E_UTF8, _E_NUL, _E_CHARSET, _E_INVALID (no heading; an empty file, or a spreadsheet's own that was not saved as CSV; a mapping with a mistake):
 * nothing was done, the error has line and, of a mapping, path. COMPLAINT_E_UNSUPPORTED: the policy's `register` and `set_aside` do not take `legacy_number`. When something else fails what was imported before stays; importing
 * again goes on. Up to 16 rows are committed together; the progress callback is asked in between.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_import_register(complaint_desk *desk, const complaint_actor *actor, const char *csv, size_t csv_size, const char *encoding,
                                                                        const char *mapping, size_t mapping_size, int32_t flags, complaint_page **rows, complaint_page **findings,
                                                                        complaint_page **tally, complaint_text **refused);

/** The mapping file that comes with the library, to be edited: JSON, UTF-8. Static; `*size` (may be NULL) is its bytes. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_register_mapping(size_t *size);

#ifdef __cplusplus
}
#endif
#endif
