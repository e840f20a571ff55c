/*
 * Standard input line by line, one line out for each, for other programs to read and wait for.
 */
#include "cli.h"

static void count_unread(unread_lines *u, int64_t line, complaint_status status) {
    if (u->count++ == 0) {
        u->first = line;
        u->status = status;
    }
    u->no_utf8 += status == COMPLAINT_E_UTF8;
    u->zeros += status == COMPLAINT_E_NUL;
}

int each_line(const cli *c, complaint_status (*say)(const buffer *line, void *how), void *how) {
    buffer line = {0};
    unread_lines unread = {0};
    for (int64_t number = 1; next_line(stdin, &line) && !ferror(stdout); number++) {
        complaint_status status = say(&line, how);
        if (status != COMPLAINT_OK) count_unread(&unread, number, status);
        (void)fflush(stdout);
    }
    release(&line);
    return unread.count ? refuse_lines(c, &unread) : CLI_DONE;
}

const char *line_fault(complaint_status status) {
    switch (status) {
    case COMPLAINT_E_UTF8:
        return "error:utf8";
    case COMPLAINT_E_NUL:
        return "error:nul";
    case COMPLAINT_E_TOO_LARGE:
        return "error:too_large";
    default:
        return "error:memory";
    }
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
