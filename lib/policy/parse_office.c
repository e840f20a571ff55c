/*
 * policy/parse_office: who the office is and how it is reached.
 *
 * Owns: `office`, the names of its parts in documents and in texts. Must not know: who reads them.
 */
#include "policy/parts.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static complaint_status take_province(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_take_string(r, v, out);
    if (s != COMPLAINT_OK) return s;
    cpl_str p = cpl_json_str(v);
    bool good = p.n == 5 && p.p[0] == 'T' && p.p[1] == 'H' && p.p[2] == '-' && is_digit(p.p[3]) && is_digit(p.p[4]);
    return good ? COMPLAINT_OK : cpl_policy_fault(r, v, CPL_FAULT_ID, p, "TH-[0-9]{2}");
}

/* A number or an address for machines: the same in every language, and short, for it stands in lines of notices. */
static complaint_status take_plain(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_label *label = out;
    complaint_status s = cpl_take_short(r, v, &label->th);
    label->en = label->th;
    return s;
}

complaint_status cpl_take_office(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, complaint_policy, office_id),
        CPL_MUST("name", cpl_take_label, complaint_policy, office[CPL_OFFICE_NAME]),
        CPL_MUST("section", cpl_take_label, complaint_policy, office[CPL_OFFICE_SECTION]),
        CPL_MUST("province", take_province, complaint_policy, province),
        CPL_MAY("phone", take_plain, complaint_policy, office[CPL_OFFICE_PHONE]),
        CPL_MAY("fax", take_plain, complaint_policy, office[CPL_OFFICE_FAX]),
        CPL_MAY("website", take_plain, complaint_policy, office[CPL_OFFICE_WEBSITE]),
        CPL_MAY("email", take_plain, complaint_policy, office[CPL_OFFICE_EMAIL]),
        CPL_MAY("address", cpl_take_label, complaint_policy, office[CPL_OFFICE_ADDRESS]),
        CPL_MAY("page", take_plain, complaint_policy, office[CPL_OFFICE_PAGE]),
        CPL_MAY("source", cpl_take_string, complaint_policy, office_source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, complaint_policy);
    for (size_t i = 0; i < CPL_OFFICE_PARTS; i++) r->p->office[i] = (cpl_label){{"", 0}, {"", 0}};
    return cpl_take_object(r, v, &shape, out);
}

/* What a text calls each part, and the key that gives it. */
static const struct {
    const char *placeholder, *key;
} names[CPL_OFFICE_PARTS] = {
    [CPL_OFFICE_NAME] = {"office", "name"},
    [CPL_OFFICE_SECTION] = {"office_section", "section"},
    [CPL_OFFICE_PHONE] = {"office_phone", "phone"},
    [CPL_OFFICE_FAX] = {"office_fax", "fax"},
    [CPL_OFFICE_WEBSITE] = {"office_website", "website"},
    [CPL_OFFICE_EMAIL] = {"office_email", "email"},
    [CPL_OFFICE_ADDRESS] = {"office_address", "address"},
    [CPL_OFFICE_PAGE] = {"office_page", "page"},
};

int cpl_policy_office_part(cpl_str placeholder) {
    for (int i = 0; i < CPL_OFFICE_PARTS; i++)
        if (cpl_str_is(placeholder, names[i].placeholder)) return i;
    return -1;
}

const char *cpl_policy_office_key(int part) { return names[part].key; }
