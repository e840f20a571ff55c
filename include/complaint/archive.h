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

/** Flags of complaint_archive_read. Values are permanent. */
enum {
    COMPLAINT_ARCHIVE_CHECK = 1,       /**< reads and proves every line and writes nothing */
    COMPLAINT_ARCHIVE_KEEP_WAITING = 2 /**< notices that still wait are this desk's to send: the office moves here, and the old desk sends nothing any more */
};

/**
 * Reads an archive into an office that has nothing yet: the same ids, the same hashes, the original times. Nobody is told anything: notices that had not left the house are put on record as `silent`, unless
 * COMPLAINT_ARCHIVE_KEEP_WAITING. Needs an actor as for writing.
 *
 * Each line is proved: chains and digests, rows against the events they follow from, evidence against its digest. The first that is wrong ends the call; the error has its number (complaint_error_line) and why,
 * and nothing of the batch it is in is kept. What was committed before stays, and an office that has something is refused, so try a copy with COMPLAINT_ARCHIVE_CHECK first, or begin again with an empty store.
 *
 * COMPLAINT_E_EXISTS: the office is not empty. COMPLAINT_E_INVALID: it is no archive, or of another office. COMPLAINT_E_SCHEMA_NEWER: written by a newer version. COMPLAINT_E_SYNTAX, _UTF8, _UNKNOWN_CODE, _UNKNOWN_FIELD,
 * _REQUIRED, _TOO_LARGE: the line is not well-formed. COMPLAINT_E_CORRUPT: what it says cannot be; the archive was altered or cut short. `*tally` as above; `silenced` counts notices that will not be sent.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_archive_read(complaint_desk *desk, const complaint_actor *actor, complaint_read_fn read, void *context, int32_t flags, complaint_page **tally);

#ifdef __cplusplus
}
#endif
#endif
