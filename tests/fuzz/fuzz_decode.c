/*
 * A file in some character set. The first byte chooses which one is said to be it.
 *
 * What is read is valid UTF-8, and is read again as itself; what is refused is refused at a byte of it, and up to there it can be read.
 */
#include "fuzz.h"

#include "text/text.h"

static bool valid(cpl_str s) {
    size_t offset;
    return cpl_utf8_check(s, &offset) == COMPLAINT_OK;
}

static void check_again(const complaint_allocator *memory, const cpl_buf *read) {
    cpl_buf again;
    size_t offset = 0;
    int32_t found = -1;
    cpl_buf_init(&again, memory);
    complaint_status status = cpl_decode((cpl_str){read->data, read->size}, CPL_CHARSET_UTF8, &again, &found, &offset);
    PROMISE(status == COMPLAINT_E_MEMORY || (status == COMPLAINT_OK && found == CPL_CHARSET_UTF8));
    if (status == COMPLAINT_OK && !(read->size >= 3 && memcmp(read->data, "\xEF\xBB\xBF", 3) == 0))
        PROMISE(again.size == read->size && (read->size == 0 || memcmp(again.data, read->data, read->size) == 0));
    cpl_buf_free(&again);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    int32_t charset = (int32_t)fuzz_below(&b, 3), found = -1;
    size_t offset = 0;
    cpl_buf read;
    cpl_buf_init(&read, &f->memory);
    complaint_status status = cpl_decode((cpl_str){(const char *)b.p, b.n}, charset, &read, &found, &offset);
    if (status == COMPLAINT_OK) {
        PROMISE(charset == CPL_CHARSET_DETECT ? found == CPL_CHARSET_UTF8 || found == CPL_CHARSET_WINDOWS_874 : found == charset);
        PROMISE(valid((cpl_str){read.data, read.size}));
        check_again(&f->memory, &read);
    } else {
        PROMISE(found == -1 && read.size == 0);
        PROMISE(status == COMPLAINT_E_MEMORY || offset < b.n);
    }
    int32_t named;
    (void)cpl_charset_find((cpl_str){(const char *)b.p, b.n}, &named);
    cpl_buf_free(&read);
}
