/*
 * Texts that grow. A command line program that has no memory left can only say so and end; the library, which must not, does otherwise.
 */
#include "cli.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void *grow(void *memory, size_t bytes) {
    void *grown = realloc(memory, bytes);
    if (grown) return grown;
    (void)fputs("complaint: หน่วยความจำไม่พอ\n  out of memory\n", stderr);
    exit(CLI_REFUSED);
}

void add(buffer *b, const char *data, size_t size) {
    if (b->capacity - b->size <= size) {
        b->capacity = (b->size + size + 1) * 2;
        b->data = grow(b->data, b->capacity);
    }
    if (size > 0) memcpy(b->data + b->size, data, size);
    b->size += size;
    b->data[b->size] = '\0';
}

void add_text(buffer *b, const char *text) { add(b, text, strlen(text)); }

void add_number(buffer *b, int64_t number) {
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRId64, number);
    add_text(b, digits);
}

void clear(buffer *b) {
    b->size = 0;
    add(b, "", 0);
}

void release(buffer *b) {
    free(b->data);
    *b = (buffer){0};
}

void make_visible(buffer *b, bool keep_lines) {
    for (size_t i = 0; i < b->size; i++) {
        unsigned char byte = (unsigned char)b->data[i];
        if (byte == '\n' && keep_lines) continue;
        if (byte == '\n' || byte == '\r' || byte == '\t')
            b->data[i] = ' ';
        else if (byte < 0x20 || byte == 0x7F)
            b->data[i] = '?';
        else if (byte == 0xC2 && i + 1 < b->size && (unsigned char)b->data[i + 1] < 0xA0)
            b->data[i] = b->data[i + 1] = '?'; /* U+0080 .. U+009F */
    }
}

bool read_all(FILE *file, buffer *b) {
    char piece[16384];
    size_t got;
    clear(b);
    do { /* not behind the end: a terminal would ask for it again */
        got = fread(piece, 1, sizeof piece, file);
        add(b, piece, got);
    } while (got == sizeof piece && !feof(file));
    return !ferror(file);
}
