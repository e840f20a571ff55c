/**
 * @file complaint/archive.h
 * An office's whole log as lines of JSON: for an auditor, for a copy outside the house, for moving to another store.
 *
 * An archive holds what is true by itself: definitions, events, messages, people, evidence with its bytes, letters, links, notices and what became of them, the duty log. What follows from it
 * (the row of a case, its clocks and referrals, register numbers, counters) is made anew when it is read. docs/archive-format.md describes the lines.
 */
#ifndef COMPLAINT_ARCHIVE_H
#define COMPLAINT_ARCHIVE_H

#include <complaint/desk.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Writes the office, as one snapshot, to `sink`, in pieces of whole lines. Everything is in it, so it takes an actor whose roles see all cases, every identity and all texts, and who is kept from no case:
 * COMPLAINT_E_ROLE. COMPLAINT_E_CANCELLED: the sink, or the progress callback, answered other than 0. COMPLAINT_E_BUSY: the store gave up after the first line was written. COMPLAINT_E_CORRUPT: the log is damaged;
 * verify says where. `*tally` (may be NULL) is one row: lines, definitions, cases, messages, events, evidence, silenced (0).
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_archive_write(complaint_desk *desk, const complaint_actor *actor, complaint_bytes_fn sink, void *context, complaint_page **tally);

/**
 * Reads an archive to its end and proves every line, and writes nothing; also beside an office that has something, and on a desk opened for reading. Chains and digests, rows against the events they follow from, evidence
 * against its digest, definitions that events cite, numbers and ids that are there once. Needs an actor as for writing.
 *
 * What is wrong with a case, a message or a day says nothing about the others. `*refused` (may be NULL) has a row for each that is not right: stream (the case, message or day; 0: a line that belongs to none, or the
 * archive as a whole), line, offset (byte in the line, -1: not known), subject (table, column), status (its name), and a sentence as th and en. What hangs on it is refused with it: a message with its case, a case with its
 * messages. No row: the archive is whole. The answer is the first fault's, with its line in the error (complaint_error_line), and the page is given with it.
 *
 * COMPLAINT_E_INVALID: it is no archive, or of another office. COMPLAINT_E_SCHEMA_NEWER: written by a newer version. In both cases, with COMPLAINT_E_ROLE, _CANCELLED, _MEMORY and what the store or `read` answers, it could
 * not be looked at, and there is no page. COMPLAINT_E_SYNTAX, _UTF8, _UNKNOWN_CODE, _UNKNOWN_FIELD, _REQUIRED, _TOO_LARGE: a line is not well-formed. COMPLAINT_E_CORRUPT: what it says cannot be; the archive was altered or
 * cut short. `*tally` (may be NULL) is one row: lines, definitions, cases, messages, events, evidence, silenced, refused; of what is right, but lines.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_archive_check(complaint_desk *desk, const complaint_actor *actor, complaint_read_fn read, void *context, complaint_page **refused,
                                                                      complaint_page **tally);

/** Flags of complaint_archive_read. Values are permanent. */
enum {
    COMPLAINT_ARCHIVE_KEEP_WAITING = 2 /**< notices that still wait are this desk's to send: the office moves here, and the old desk sends nothing any more */
};

/**
 * Reads an archive into an office that has nothing yet: the same ids, the same hashes, the original times. Nobody is told anything: notices that had not left the house are put on record as `silent`, by an
 * event in their log (an acknowledgement that was not sent can be given again), unless COMPLAINT_ARCHIVE_KEEP_WAITING. Needs an actor as for writing.
 *
 * Everything is proved again. With `without` NULL the first thing that is wrong ends the call, with its line in the error; nothing of the transaction it is in is kept, what was committed before stays, and an office that has
 * something is refused: so check first. With `without`, the page of a check of the same archive, what is named there is left out and the rest is taken, whole cases with their messages; links and answered requests that name
 * what is left out go with it, register numbers leave a gap (and the highest one seen is not given again). Anything else that is wrong ends the call as above.
 *
 * A reading that did not come to its end (the process was killed, the disk was full, the progress callback stopped it) is gone on with by reading the same archive again with the same flags and the same `without`, by the same version
 * of the library; it counts as of its beginning. Until then whatever would write to the office, an archive of it, its report and its seal answer COMPLAINT_E_STATE with subject `archive` on every desk that was opened since, and
 * verify has the finding `unfinished`. Other desks should not be at work meanwhile. Instead of going on one may begin in an empty store.
 *
 * COMPLAINT_E_EXISTS: the office is not empty, and nothing in it is unfinished (an archive whose reading was broken off there has come to its end), or a tick has written its log already; subject `archive`: what was begun is another archive, or was read in another way, or somebody else is reading one now. The others as above. `*tally` as above; `silenced` counts notices that will not be sent, `refused` what was left out.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_archive_read(complaint_desk *desk, const complaint_actor *actor, complaint_read_fn read, void *context, int32_t flags, const complaint_page *without,
                                                                     complaint_page **tally);

#ifdef __cplusplus
}
#endif
#endif
