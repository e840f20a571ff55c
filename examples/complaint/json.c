/*
 * Writing JSON, and finding one's way in the small objects that events carry. What the library answers is well-formed, so the reader checks only
 * enough never to run past the end.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

void json_string(buffer *b, const char *text) {
    static const char hex[] = "0123456789abcdef";
    add_text(b, "\"");
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            add(b, (const char[]){'\\', *text}, 2);
        else if (byte == '\n')
            add_text(b, "\\n");
        else if (byte < 0x20 || byte == 0x7F)
            add(b, (const char[]){'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]}, 6);
        else
            add(b, text, 1);
    }
    add_text(b, "\"");
}

void json_member(buffer *b, const char *name) {
    if (b->size > 0 && b->data[b->size - 1] != '{') add_text(b, ",");
    json_string(b, name);
    add_text(b, ":");
}

void json_text(buffer *b, const char *name, const char *text) {
    json_member(b, name);
    json_string(b, text);
}

void json_integer(buffer *b, const char *name, int64_t number) {
    json_member(b, name);
    add_number(b, number);
}

void json_raw(buffer *b, const char *name, const char *value) {
    json_member(b, name);
    add_text(b, value);
}

void json_id(buffer *b, const char *name, int64_t id) {
    if (id == 0) {
        json_raw(b, name, "null");
        return;
    }
    json_member(b, name);
    add_text(b, "\"");
    add_number(b, id);
    add_text(b, "\"");
}

bool json_page(buffer *b, const char *name, const complaint_page *page) {
    complaint_text *text = NULL;
    if (complaint_page_json(page, &text) != COMPLAINT_OK) return false;
    if (name) json_member(b, name);
    add(b, complaint_text_data(text), complaint_text_size(text));
    complaint_text_free(text);
    return true;
}

bool json_pages(buffer *b, const char *name, const pages *all) {
    bool first = true;
    if (name) json_member(b, name);
    add_text(b, "[");
    for (size_t i = 0; i < all->count; i++) {
        complaint_text *text = NULL;
        if (complaint_page_count(all->items[i]) == 0) continue;
        if (complaint_page_json(all->items[i], &text) != COMPLAINT_OK) return false;
        if (!first) add_text(b, ",");
        add(b, complaint_text_data(text) + 1, complaint_text_size(text) - 2); /* [...] without its brackets */
        complaint_text_free(text);
        first = false;
    }
    add_text(b, "]");
    return true;
}

/* ---- reading ---- */

const char *json_space(const char *at) {
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r') at++;
    return at;
}

static const char *skip_string(const char *at) {
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1]) at++;
    return *at ? at + 1 : at;
}

/* Past a value: a string, or everything up to the comma or bracket that is not its own. */
const char *json_skip(const char *at) {
    int depth = 0;
    at = json_space(at);
    while (*at) {
        if (*at == '"') {
            at = skip_string(at);
            if (depth == 0) return at;
            continue;
        }
        if (depth == 0 && (*at == ',' || *at == '}' || *at == ']')) return at;
        if (*at == '{' || *at == '[') depth++;
        if (*at == '}' || *at == ']') depth--;
        at++;
        if (depth == 0 && (at[-1] == '}' || at[-1] == ']')) return at;
    }
    return at;
}

/* The next member of an object: name and value as they stand. NULL at the end. */
static const char *next_member(const char *at, const char **name, size_t *name_size, const char **value, const char **value_end) {
    at = json_space(at);
    if (*at == '{' || *at == ',') at = json_space(at + 1);
    if (*at != '"') return NULL;
    *name = at + 1;
    at = skip_string(at);
    *name_size = (size_t)(at - *name) - 1;
    at = json_space(at);
    if (*at != ':') return NULL;
    *value = json_space(at + 1);
    *value_end = json_skip(*value);
    return *value_end;
}

bool json_find(const char *object, const char *name, const char **begin, const char **end) {
    const char *found, *value, *value_end;
    size_t size;
    for (const char *at = json_space(object); (at = next_member(at, &found, &size, &value, &value_end)) != NULL;) {
        if (size != strlen(name) || memcmp(found, name, size) != 0) continue;
        *begin = value;
        *end = value_end;
        return true;
    }
    return false;
}

int64_t json_number(const char *object, const char *name, int64_t otherwise) {
    const char *begin, *end;
    return json_find(object, name, &begin, &end) ? strtoll(begin, NULL, 10) : otherwise;
}

void json_items(const char *object, const char *name, void (*each)(void *context, const char *item), void *context) {
    const char *at, *end;
    if (!json_find(object, name, &at, &end) || *at != '[') return;
    for (at = json_space(at + 1); at < end && *at != ']'; at = json_space(at + (*at == ','))) {
        const char *behind = json_skip(at);
        if (behind == at) return; /* no value stands here: the log is damaged */
        each(context, at);
        at = json_space(behind);
    }
}

static uint32_t hex_value(const char *digits) {
    uint32_t value = 0;
    for (int i = 0; i < 4 && digits[i]; i++) {
        char d = digits[i];
        uint32_t digit = d >= '0' && d <= '9' ? (uint32_t)(d - '0') : (uint32_t)((d | 0x20) - 'a' + 10);
        value = value << 4 | (digit & 15);
    }
    return value;
}

static void add_character(buffer *b, uint32_t character) {
    char bytes[4];
    size_t size = 0;
    if (character < 0x80) {
        bytes[size++] = (char)character;
    } else if (character < 0x800) {
        bytes[size++] = (char)(0xC0 | character >> 6);
        bytes[size++] = (char)(0x80 | (character & 0x3F));
    } else {
        bytes[size++] = (char)(0xE0 | character >> 12);
        bytes[size++] = (char)(0x80 | (character >> 6 & 0x3F));
        bytes[size++] = (char)(0x80 | (character & 0x3F));
    }
    add(b, bytes, size);
}

/* The text of a string value, or a value of another kind as it stands. The library writes UTF-8, so \u stands for control characters only. */
static void add_plain(buffer *b, const char *value, const char *end) {
    if (*value != '"') {
        add(b, value, (size_t)(end - value));
        return;
    }
    for (const char *at = value + 1; at < end - 1; at++) {
        if (*at != '\\') {
            add(b, at, 1);
            continue;
        }
        at++;
        if (*at == 'n')
            add(b, "\n", 1);
        else if (*at == 't')
            add(b, "\t", 1);
        else if (*at == 'r')
            add(b, "\r", 1);
        else if (*at == 'u' && end - at > 5)
            add_character(b, hex_value(at + 1)), at += 4;
        else
            add(b, at, 1);
    }
}

void json_plain(const char *object, const char *name, buffer *out) {
    const char *begin, *end;
    if (json_find(object, name, &begin, &end)) add_plain(out, begin, end);
}

void json_each(const char *object, void (*each)(void *context, const char *name, const char *value), void *context) {
    const char *found, *value, *value_end;
    size_t size;
    buffer name = {0}, plain = {0};
    for (const char *at = json_space(object); (at = next_member(at, &found, &size, &value, &value_end)) != NULL;) {
        clear(&name);
        add(&name, found, size);
        clear(&plain);
        add_plain(&plain, value, value_end);
        each(context, name.data, plain.data);
    }
    release(&name);
    release(&plain);
}
