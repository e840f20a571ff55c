/*
 * Standard input line by line, one line out for each, for other programs to read and wait for.
 */
#include "cli.h"

int each_line(void (*say)(const buffer *line, void *how), void *how) {
    buffer line = {0};
    while (next_line(stdin, &line) && !ferror(stdout)) {
        say(&line, how);
        (void)fflush(stdout);
    }
    release(&line);
    return CLI_DONE;
}

void break_lines(char *text, size_t *size) {
    size_t kept = 0;
    for (size_t i = 0; i < *size; i++) {
        bool escaped = text[i] == '\\' && i + 1 < *size && text[i + 1] == 'n';
        text[kept++] = escaped ? '\n' : text[i];
        i += escaped;
    }
    *size = kept;
}
