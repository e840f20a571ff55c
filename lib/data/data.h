/*
 * data: the files under lib/data, compiled in.
 *
 * Owns: the table that lib/tools/embed.c writes at build time: every file below lib/data but this one, README.md and hidden
 * files, under its path there (`policies/moph-chiangrai-2569.json`). Must not know: what the files mean.
 */
#ifndef CPL_DATA_H
#define CPL_DATA_H

#include <stddef.h>

typedef struct cpl_data_file {
    const char *name;
    const unsigned char *bytes; /* followed by one 0 that is not counted */
    size_t size;
} cpl_data_file;

/* In ascending order of name, as bytes. */
extern const cpl_data_file cpl_data_files[];
extern const size_t cpl_data_file_count;

#endif
