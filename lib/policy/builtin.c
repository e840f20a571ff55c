/*
 * policy/builtin: the policies that come with the library.
 *
 * Owns: their names. Must not know: what they say.
 */
#include "data/data.h"
#include "policy/policy.h"

/* A unit test compares this with the folder. */
static const struct {
    const char *name, *file;
} builtins[] = {
    {"moph-chiangrai-2569", "policies/moph-chiangrai-2569.json"},
    {"moph-phrae", "policies/moph-phrae.json"},
};
enum { BUILTINS = sizeof(builtins) / sizeof(builtins[0]) };

const char *cpl_policy_builtin_name(int32_t index) { return index >= 0 && index < BUILTINS ? builtins[index].name : NULL; }

static cpl_str file_named(const char *name) {
    for (size_t i = 0; i < cpl_data_file_count; i++)
        if (cpl_str_is(cpl_str_of(cpl_data_files[i].name), name)) return (cpl_str){(const char *)cpl_data_files[i].bytes, cpl_data_files[i].size};
    return (cpl_str){"", 0};
}

complaint_status cpl_policy_builtin(const cpl_memory *m, cpl_str name, complaint_policy **policy, complaint_error *e) {
    for (size_t i = 0; i < BUILTINS; i++)
        if (cpl_str_is(name, builtins[i].name)) return cpl_policy_parse(m, file_named(builtins[i].file), policy, e);
    char said[CPL_QUOTE_SIZE];
    return cpl_failf(e, COMPLAINT_E_NOT_FOUND, "name", "ไม่มีมาตรฐานการปฏิบัติงานชื่อ “%s” ในไลบรารี", "the library has no policy “%s”", cpl_quote(name, said));
}
