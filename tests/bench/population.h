// Many cases quickly: the rows of one case, recorded, go into a file again and again under other ids. The log of each is whole (it is the log of the first under another
// number), but for the hashes, which name the stream and which only `verify` computes; so nothing here verifies.
#ifndef BENCH_POPULATION_H
#define BENCH_POPULATION_H

#include "byhand.h"

namespace bench {

// One open case, registered and acknowledged, whose message came at `at`.
class sample_case {
  public:
    explicit sample_case(int64_t at) : desk(new_file(), COMPLAINT_SQLITE_SYNC_OFF, recorder::wrap, &records) {
        desk.now = at;
        case_id = desk.intake();
        desk.on(case_id, desk.officer, COMPLAINT_VERB_REGISTER);
        desk.set("by_hand", "phone"), desk.on(case_id, desk.officer, COMPLAINT_VERB_ACKNOWLEDGE);
        desk.set("class", "service").set("nature", "grievance"), desk.on(case_id, desk.officer, COMPLAINT_VERB_CLASSIFY);
        for (transaction &t : records.done)
            for (change &c : t)
                if (is(c, "complaint_message") && c.kind == COMPLAINT_INSERT) message = c.values[1].integer;
    }
    // Writes it as number `n`.
    void write(byhand &hand, int64_t n) {
        int64_t id = case_id + (n << 23), mid = message + (n << 23);
        for (transaction &t : records.done)
            for (change &c : t) {
                if (is(c, "complaint_definition") || is(c, "complaint_register")) continue;
                change mine = c;
                std::string text = "b" + std::to_string(n);
                for (auto *list : {&mine.key, &mine.values})
                    for (complaint_value &v : *list)
                        if (v.type == COMPLAINT_INT64) v.integer = v.integer == case_id ? id : v.integer == message ? mid : v.integer;
                std::string request = text + "-" + std::to_string(&c - t.data()) + "-" + std::to_string(&t - records.done.data());
                replace(mine, "complaint_request", 1, request);
                replace(mine, "complaint_message", 4, text);
                number(mine, n);
                if (!mine.statement) mine.statement = c.statement = hand.prepared(mine);
                hand.apply(mine);
            }
    }

  private:
    static bool is(const change &c, const char *table) { return std::strcmp(complaint_schema_table_name(c.table), table) == 0; }
    static void put(complaint_value &v, const std::string &text) { v.data = text.data(), v.size = text.size(); }
    static void replace(change &c, const char *table, size_t column, const std::string &text) {
        if (is(c, table) && c.kind == COMPLAINT_INSERT) put(c.values[column], text);
    }
    static void number(change &c, int64_t n) {
        if (is(c, "complaint_number")) c.values[2].integer = n;
        if (!is(c, "complaint_case") || c.kind != COMPLAINT_UPDATE) return;
        for (size_t i = 0; i < c.columns.size(); i++)
            if (std::strcmp(complaint_schema_column_name(c.table, c.columns[i]), "register_number") == 0) c.values[i].integer = n;
    }
    recorder records;
    office desk;
    int64_t case_id = 0, message = 0;
};

// A file with `open` cases, of which the first `due` have been waiting for a day longer.
inline std::string populate(int64_t open, int64_t due) {
    std::string path = new_file();
    { office empty(path, COMPLAINT_SQLITE_SYNC_OFF), &made = empty; made.intake(); }
    byhand hand(path, "OFF", false);
    sample_case late(start - INT64_C(7) * 86400000), early(start);
    for (int64_t n = 1; n <= open; n++) {
        if (n % 5000 == 1) hand.start();
        (n <= due ? late : early).write(hand, n);
        if (n % 5000 == 0 || n == open) hand.end();
    }
    return path;
}

} // namespace bench
#endif
