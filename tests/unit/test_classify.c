/* Messages get a class, flags and the words that decided; models are learned, loaded, joined, measured; nothing that is no model is taken for one. */
#include "classify/classify.h"
#include "support/alloc.h"
#include "support/corpus.h"

#include <complaint.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OK(call) assert_int_equal(call, COMPLAINT_OK)

/* ---- fixtures ---- */

typedef struct fixture {
    complaint_classifier *builtin;
    complaint_classification *answer;
} fixture;

static fixture f;

static int open_builtin(void **state) {
    (void)state;
    OK(complaint_classifier_builtin(NULL, &f.builtin, NULL));
    OK(complaint_classification_new(f.builtin, &f.answer));
    return 0;
}

static int close_builtin(void **state) {
    (void)state;
    complaint_classification_free(f.answer);
    complaint_classifier_free(f.builtin);
    return 0;
}

static const char *class_of(const char *text) {
    OK(complaint_classification_make(f.answer, text, strlen(text)));
    return complaint_classification_class(f.answer);
}

/* Rows of two classes and a flag that no two people would mix up. */
static const char *const waiting[] = {"รอคิวนานมาก ตั้งแต่ตีห้า", "คิวยาว รอตรวจทั้งวัน", "รอคิวห้องยาสามชั่วโมง", "นัดเก้าโมง รอถึงบ่าย", "รอพบหมอนาน คิวไม่ขยับ", "ห้องฉุกเฉินรอนาน คิวแน่น"};
static const char *const buying[] = {"จัดซื้อเครื่องแพงเกินราคากลาง", "ล็อกสเปกในการประกวดราคา", "ผู้รับจ้างส่งของไม่ตรงสเปก", "กรรมการตรวจรับเป็นญาติผู้ขาย เรียกเงินทอน", "ฮั้วประมูล เรียกเงินทอนสิบเปอร์เซ็นต์", "ซื้อเวชภัณฑ์แพงกว่าตลาด"};
enum { SMALL = 6 };

static complaint_training *small_training(const complaint_allocator *memory) {
    complaint_training *t = NULL;
    if (complaint_training_new(memory, &t) != COMPLAINT_OK) return NULL;
    for (int i = 0; i < SMALL; i++) {
        complaint_status s = complaint_training_add(t, waiting[i], strlen(waiting[i]), "service", "", 0);
        if (s == COMPLAINT_OK) s = complaint_training_add(t, buying[i], strlen(buying[i]), "procurement", i == 3 || i == 4 ? "corruption" : "", 0);
        if (s == COMPLAINT_OK) continue;
        assert_int_equal(s, COMPLAINT_E_MEMORY);
        complaint_training_free(t);
        return NULL;
    }
    return t;
}

static complaint_text *small_model(void) {
    complaint_text *model = NULL;
    complaint_training *t = small_training(NULL);
    OK(complaint_classifier_train(t, &model, NULL));
    complaint_training_free(t);
    return model;
}

static complaint_classifier *loaded(const complaint_text *model) {
    complaint_classifier *c = NULL;
    OK(complaint_classifier_load(NULL, complaint_text_data(model), complaint_text_size(model), &c, NULL));
    return c;
}

/* ---- what is refused ---- */

static void wrong_arguments_are_refused(void **state) {
    (void)state;
    complaint_classifier *c = NULL;
    complaint_classification *k = NULL;
    complaint_training *t = NULL;
    complaint_text *model = NULL;
    complaint_evaluation *v = NULL;
    complaint_error *e = NULL;
    int32_t count = 7;
    size_t first = 7, end = 7;
    assert_int_equal(complaint_classifier_builtin(NULL, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_classifier_load(NULL, NULL, 4, &c, &e), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_error_subject(e), "bytes");
    complaint_error_free(e);
    e = NULL;
    assert_int_equal(complaint_classifier_join(f.builtin, NULL, 500, &c), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_classifier_join(f.builtin, f.builtin, 0, &c), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_classifier_join(f.builtin, f.builtin, 1000, &c), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_classification_new(NULL, &k), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_classification_make(NULL, "", 0), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_classification_terms(f.answer, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_classification_terms(NULL, &count), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_classification_term_place(NULL, 0, &first, &end), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_classifier_train(NULL, &model, &e), COMPLAINT_E_HANDLE);
    complaint_error_free(e);
    e = NULL;
    OK(complaint_training_new(NULL, &t));
    assert_int_equal(complaint_training_add(t, NULL, 1, "service", "", 0), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_training_add(t, "ก", 3, NULL, "", 0), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_training_cross_validate(t, 1, &v, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_training_cross_validate(t, 21, &v, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_classifier_evaluate(NULL, t, &v, NULL), COMPLAINT_E_HANDLE);
    assert_true(!c && !k && !model && !v && !e && count == 7 && first == 7 && end == 7);
    complaint_training_free(t);
}

static void nothing_is_said_of_what_was_not_classified(void **state) {
    complaint_classification *k = NULL;
    size_t first = 0, end = 0;
    int32_t count = 7;
    (void)state;
    OK(complaint_classification_new(f.builtin, &k));
    for (int round = 0; round < 3; round++) {
        assert_string_equal(complaint_classification_class(k), "");
        assert_int_equal(complaint_classification_confidence(k), 0);
        assert_int_equal(complaint_classification_class_confidence(k, "service"), 0);
        assert_int_equal(complaint_classification_flag(k, "urgent"), 0);
        assert_int_equal(complaint_classification_flag_confidence(k, "urgent"), 0);
        assert_int_equal(complaint_classification_unsure(k, NULL), 1);
        OK(complaint_classification_terms(k, &count));
        assert_int_equal(count, 0);
        assert_null(complaint_classification_term(k, 0, NULL));
        assert_int_equal(complaint_classification_term_place(k, 0, &first, &end), COMPLAINT_E_NOT_FOUND);
        OK(complaint_classification_make(k, waiting[0], strlen(waiting[0]))); /* what fails takes the answer before with it */
        if (round == 0) assert_int_equal(complaint_classification_make(k, "รอ\xff", 7), COMPLAINT_E_UTF8);
        if (round == 1) assert_int_equal(complaint_classification_make(k, "รอ\0", 7), COMPLAINT_E_NUL);
    }
    assert_string_equal(complaint_classification_class(k), "service");
    assert_int_equal(complaint_classification_make(k, NULL, 3), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_classification_class(k), "");
    complaint_classification_free(k);
}

static void a_text_is_at_most_1_mib(void **state) {
    enum { MOST = 1 << 20 };
    char *text = malloc(MOST + 1);
    (void)state;
    memset(text, 'a', MOST + 1);
    for (size_t i = 0; i + sizeof "รอคิวนาน" <= MOST; i += sizeof "รอคิวนาน") memcpy(text + i, "รอคิวนาน", sizeof "รอคิวนาน" - 1);
    OK(complaint_classification_make(f.answer, text, MOST));
    int32_t count = 0;
    OK(complaint_classification_terms(f.answer, &count));
    assert_int_equal(complaint_classification_make(f.answer, text, MOST + 1), COMPLAINT_E_TOO_LARGE);
    free(text);
}

/* ---- what it says ---- */

static void classes_and_flags_are_those_of_the_manual(void **state) {
    static const char *const classes[] = {"personnel", "service", "establishment", "health_threat", "cyber", "procurement", "out_of_jurisdiction", "information_request", "none"};
    static const char *const flags[] = {"urgent", "corruption", "sensitive", "office_impact"};
    (void)state;
    OK(complaint_classification_make(f.answer, "รอ", strlen("รอ")));
    int32_t sum = 0;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        bool found = false;
        const char *name;
        for (int32_t j = 0; (name = complaint_classifier_class(f.builtin, j)) != NULL; j++) found = found || strcmp(name, classes[i]) == 0;
        if (!found) fail_msg("no class %s", classes[i]);
        sum += complaint_classification_class_confidence(f.answer, classes[i]);
    }
    assert_in_range(sum, 990, 1000);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        bool found = false;
        const char *name;
        for (int32_t j = 0; (name = complaint_classifier_flag(f.builtin, j)) != NULL; j++) found = found || strcmp(name, flags[i]) == 0;
        if (!found) fail_msg("no flag %s", flags[i]);
    }
    assert_null(complaint_classifier_class(f.builtin, 9));
    assert_null(complaint_classifier_class(f.builtin, -1));
    assert_null(complaint_classifier_flag(f.builtin, 4));
    assert_int_equal(complaint_classification_class_confidence(f.answer, "weather"), 0);
    assert_int_equal(complaint_classification_flag(f.answer, "weather"), 0);
}

static void plain_messages_get_their_class(void **state) {
    static const char *const table[][2] = {
        {"พยาบาลห้องคลอดตะคอกใส่คนไข้ พูดจาหยาบคายมาก", "personnel"},
        {"รอคิวรับยาที่โรงพยาบาลตั้งแต่ตีห้าจนบ่ายสาม ที่นั่งก็ไม่พอ", "service"},
        {"คลินิกเสริมความงามใช้หมอเถื่อนฉีดฟิลเลอร์ ไม่มีใบอนุญาต", "establishment"},
        {"เด็กทั้งโรงเรียนอาเจียนท้องเสียหลังกินข้าวกลางวัน ป่วยแล้วสี่สิบคน", "health_threat"},
        {"มีคนส่ง SMS แอบอ้างชื่อสาธารณสุขให้กดลิงก์กรอกเลขบัตรประชาชน", "cyber"},
        {"การประกวดราคาซื้อเครื่องเอกซเรย์ล็อกสเปก ราคากลางสูงเกินจริง", "procurement"},
        {"ถนนหน้าหมู่บ้านเป็นหลุม ไฟทางดับมาสองเดือน", "out_of_jurisdiction"},
        {"สอบถามค่ะ ขอใบรับรองแพทย์ต้องใช้เอกสารอะไรบ้าง เปิดกี่โมง", "information_request"},
        {"ติดตามเรื่องที่ร้องเรียนไว้ค่ะ", "information_request"}, /* of a matter that is with the office: no thanks, whatever becomes of it */
        {"เรื่องร้องเรียนเลขที่ 12/2569 ของผมไปถึงไหนแล้ว", "information_request"},
        {"ขอถอนเรื่องที่ร้องไว้ค่ะ ตกลงกันได้แล้ว", "information_request"},
        {"ขอเอกสารตาม พ.ร.บ. ข้อมูลข่าวสาร เรื่องสัญญาจ้างแม่บ้านของโรงพยาบาล", "information_request"},
        {"ขอบคุณเจ้าหน้าที่ทุกท่านมากค่ะ บริการดีมาก ประทับใจ", "none"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(class_of(table[i][0]), table[i][1]) != 0) fail_msg("“%s” is %s", table[i][0], complaint_classification_class(f.answer));
}

static void politeness_around_a_matter_changes_nothing(void **state) {
    static const char *const matters[] = {
        "แม่แน่นหน้าอกเหงื่อแตก",
        "พยาบาลห้องคลอดตะคอกใส่คนไข้ พูดจาหยาบคายมาก",
        "รอคิวรับยาตั้งแต่ตีห้าจนบ่ายสาม",
        "คลินิกเสริมความงามใช้หมอเถื่อนฉีดฟิลเลอร์",
        "ร้านขายของชำขายยาชุดให้คนแก่",
        "เด็กทั้งโรงเรียนอาเจียนหลังกินข้าวกลางวัน",
        "มีคนส่ง SMS แอบอ้างชื่อสาธารณสุขให้กดลิงก์",
        "ซื้อเครื่องเอกซเรย์ล็อกสเปก ราคากลางสูงเกินจริง",
        "หัวหน้าพัสดุเรียกเงินทอนสิบเปอร์เซ็นต์",
        "ถนนหน้าหมู่บ้านเป็นหลุม ไฟทางดับ",
        "แก๊สรั่วจากโรงงานตอนนี้ คนเป็นลมหลายคน",
        "ขอใบรับรองแพทย์ต้องใช้เอกสารอะไรบ้าง",
        "ขอบคุณที่ปล่อยให้พ่อรอหกชั่วโมง",
    };
    static const char *const around[][2] = {
        {"", " ขอบคุณค่ะ"},
        {"สวัสดีค่ะ ", ""},
        {"สวัสดีครับแอดมิน ", " ขอบคุณมากครับ 🙏"},
        {"สวัสดีค่ะคุณหมอ ขออนุญาตสอบถามนะคะ ", " รบกวนด้วยนะคะ ขอบคุณล่วงหน้าค่ะ"},
        {"เรียน ท่านนายแพทย์สาธารณสุขจังหวัดที่เคารพ ", " จึงเรียนมาเพื่อโปรดพิจารณา ขอขอบพระคุณครับ"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof matters / sizeof *matters; i++) {
        char class_code[32], text[1024];
        snprintf(class_code, sizeof class_code, "%s", class_of(matters[i]));
        int32_t urgent = complaint_classification_flag(f.answer, "urgent");
        assert_string_not_equal(class_code, "none");
        for (size_t j = 0; j < sizeof around / sizeof *around; j++) {
            snprintf(text, sizeof text, "%s%s%s", around[j][0], matters[i], around[j][1]);
            if (strcmp(class_of(text), class_code) != 0) fail_msg("“%s” is %s", text, complaint_classification_class(f.answer));
            assert_int_equal(complaint_classification_flag(f.answer, "urgent"), urgent);
        }
    }
}

static void thanks_and_greetings_alone_are_no_matter(void **state) {
    static const char *const thanks[] = {
        "ขอบคุณค่ะ",
        "สวัสดีค่ะ",
        "ขอบคุณครับแอดมิน 🙏",
        "ขอบคุณค่ะพี่พยาบาล",
        "รับทราบค่ะ ขอบคุณค่ะ",
        "ขอบคุณพยาบาลตึก 3 ที่ดูแลแม่ดีมาก",
        "สวัสดีค่ะ ขอบคุณเจ้าหน้าที่ที่มาพ่นยุงให้นะคะ ขอบคุณค่ะ",
        "พ่อหายดีแล้ว ขอบคุณมากครับ",
    };
    (void)state;
    for (size_t i = 0; i < sizeof thanks / sizeof *thanks; i++)
        if (strcmp(class_of(thanks[i]), "none") != 0) fail_msg("“%s” is %s", thanks[i], complaint_classification_class(f.answer));
}

/* Words that were left out are never told as what decided, and those behind them stand where they stood. */
static void terms_stand_behind_politeness(void **state) {
    static const char text[] = "สวัสดีค่ะแอดมิน พยาบาลตะคอกใส่แม่ ขอบคุณค่ะ";
    int32_t count = 0;
    (void)state;
    class_of(text);
    OK(complaint_classification_terms(f.answer, &count));
    assert_true(count > 0);
    for (int32_t i = 0; i < count; i++) {
        size_t first, end;
        OK(complaint_classification_term_place(f.answer, i, &first, &end));
        assert_in_range(first, strlen("สวัสดีค่ะแอดมิน "), end - 1);
        assert_in_range(end, first + 1, strlen(text) - strlen(" ขอบคุณค่ะ"));
    }
}

static void flags_are_raised_with_words(void **state) {
    static const char *const table[][2] = {
        {"แก๊สรั่วจากโรงงานตอนนี้ คนเป็นลมหลายคน หายใจไม่ออก ช่วยด้วย", "urgent"},
        {"หัวหน้าพัสดุเรียกเงินทอนสิบเปอร์เซ็นต์จากบริษัท แลกกับการตรวจรับ", "corruption"},
        {"เด็กหญิงถูกล่วงละเมิดทางเพศในห้องตรวจ", "sensitive"},
        {"นักข่าวถามมาแล้ว พรุ่งนี้จะออกข่าวว่าสาธารณสุขจังหวัดปกปิดเรื่องนี้", "office_impact"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int32_t count = 0;
        bool found = false;
        class_of(table[i][0]);
        if (!complaint_classification_flag(f.answer, table[i][1])) fail_msg("“%s” is not %s", table[i][0], table[i][1]);
        OK(complaint_classification_terms(f.answer, &count));
        for (int32_t j = 0; j < count; j++) found = found || strcmp(complaint_classification_term_for(f.answer, j), table[i][1]) == 0;
        if (!found) fail_msg("no word says why “%s” is %s", table[i][0], table[i][1]);
    }
    class_of("ขอบคุณค่ะ");
    const char *flag;
    for (int32_t i = 0; (flag = complaint_classifier_flag(f.builtin, i)) != NULL; i++) assert_int_equal(complaint_classification_flag(f.answer, flag), 0);
}

/* What looks like danger and is none, and the other way round. */
static void danger_is_told_from_its_words(void **state) {
    static const struct {
        const char *text, *class_code;
        bool urgent, sensitive;
    } table[] = {
        {"ผมอยากตาย ไม่มีใครช่วย", "service", true, true},
        {"อยากฆ่าตัวตาย", "service", true, true},
        {"อยากตายเลยคิวยาวมาก", "service", false, false},
        {"จะวางระเบิดโรงพยาบาล", "out_of_jurisdiction", true, false},
        {"จะเอาปืนไปยิงหมอ", "out_of_jurisdiction", true, false},
        {"หมาบ้ากัดเด็ก 3 คน", "health_threat", true, false},
        {"นักเรียนสิบคนอาหารเป็นพิษที่โรงเรียน", "health_threat", true, false},
        {"หมาจรจัดหลายตัวแถววัด อยากให้มาฉีดวัคซีน", "health_threat", false, false},
        {"หมอลวนลามคนไข้", "personnel", false, true},
        {"พยาบาลพูดจาไม่ดี", "personnel", false, false},
        {"ขอบคุณที่ปล่อยให้แม่ผมตาย", "personnel", false, false},
        {"ขอบคุณที่ช่วยชีวิตแม่", "none", false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *class_code = class_of(table[i].text);
        int urgent = complaint_classification_flag(f.answer, "urgent"), sensitive = complaint_classification_flag(f.answer, "sensitive");
        if (strcmp(class_code, table[i].class_code) != 0 || urgent != table[i].urgent || sensitive != table[i].sensitive)
            fail_msg("“%s” is %s%s%s", table[i].text, class_code, urgent ? ", urgent" : "", sensitive ? ", sensitive" : "");
    }
}

static void typing_noise_changes_nothing(void **state) {
    static const char *const table[][2] = {
        {"แม่ค้าขายน้ำแข็งสกปรก", "เเม่ค้าขายนํ้าเเข็งสกปรก"},
        {"รอนานมาก", "รอนานมากกกกก"},
        {"โทร 0681234567 ไม่รับ 3 ครั้ง", "โทร ๐๖๘๑๒๓๔๕๖๗ ไม่รับ ๓ ครั้ง"},
        {"จองคิวไม่ได้", "จอง\u200Bคิว\u200Bไม่ได้"},
        {"ระบบล่ม จองไม่ได้", "ระบบล่ม\u00A0 จองไม่ได้"},
        {"SMS ปลอม", "sms ปลอม"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char clean[32];
        snprintf(clean, sizeof clean, "%s", class_of(table[i][0]));
        int32_t confidence = complaint_classification_confidence(f.answer);
        assert_string_equal(class_of(table[i][1]), clean);
        assert_int_equal(complaint_classification_confidence(f.answer), confidence);
    }
}

/* Thanks and a farewell in one: whatever the confidence, a person reads it. */
static void nothing_with_a_flag_is_unsure(void **state) {
    static const char *const texts[] = {
        "หนูไม่อยากตื่นมาอีกแล้วค่ะ ขอบคุณพี่ ๆ ที่เคยตอบแชท ลาก่อนนะคะ",
        "ขอบคุณเจ้าหน้าที่ทุกท่าน แต่ลูกชายกินยาฆ่าหญ้าเมื่อเช้านี้ ขอความช่วยเหลือด่วน",
        "ขอบคุณทุกคนนะคะ หนูขอลาตายตรงนี้ ฝากบอกแม่ว่ารัก",
        "ขอโทษทุกคน ฝากหมาด้วยนะ",
        "ขอบคุณหมอที่ดีกับผมมาตลอด ผมคงไม่ได้อยู่รบกวนแล้ว",
    };
    test_corpus c;
    int nothing = 0;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(class_of(texts[i]), "none") == 0 && !complaint_classification_unsure(f.answer, NULL)) fail_msg("“%s” is nothing, surely", texts[i]);
    test_corpus_read(&c, "tests/data/corpus/fresh.tsv");
    for (size_t i = 0; i < c.count; i++) {
        if (strcmp(class_of(c.rows[i].text), "none") != 0 || !complaint_classification_flag(f.answer, "urgent")) continue;
        nothing++;
        assert_int_equal(complaint_classification_unsure(f.answer, NULL), 1);
    }
    assert_true(nothing > 0);
    test_corpus_free(&c);
}

static void unsure_is_what_the_policy_says(void **state) {
    complaint_policy *p = NULL;
    (void)state;
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &p, NULL));
    class_of("กกก");
    assert_true(complaint_classification_confidence(f.answer) < 500);
    assert_int_equal(complaint_classification_unsure(f.answer, NULL), 1);
    assert_int_equal(complaint_classification_unsure(f.answer, p), 1);
    class_of("การประกวดราคาซื้อเครื่องเอกซเรย์ล็อกสเปก ราคากลางสูงเกินจริง");
    assert_int_equal(complaint_classification_unsure(f.answer, NULL), 0);
    assert_int_equal(complaint_classification_unsure(f.answer, p), 0);
    complaint_policy_free(p);
}

/* Another language, a hand on the keyboard, a word or a sign: the class may be guessed, and a person reads it. */
static void what_the_model_hardly_knows_is_unsure(void **state) {
    static const char *const strange[] = {"I waited five hours and nobody called my number",
                                          "My son was bitten by a stray dog, where can I get the vaccine?",
                                          "How do I get a medical certificate for a work permit?",
                                          "The nurse at the hospital shouted at my wife and threw the papers at her",
                                          "sawasdee krub por lek mai me kon rab sai",
                                          "你好 医院等太久了 没有人帮我",
                                          "ສະບາຍດີ ໂຮງໝໍລໍຖ້າດົນຫຼາຍ",
                                          "asdfgh",
                                          "l;ylfu8iy[",
                                          "555",
                                          "0681234567",
                                          "12/3 4-5 67.8",
                                          "👍",
                                          "❤️❤️",
                                          "?",
                                          "...",
                                          "ok",
                                          "อืม",
                                          "ค่ะ",
                                          ""};
    static const char *const known[] = {"ขอบคุณค่ะ", "รอคิวตั้งแต่ตีห้า", "สวัสดีครับ", "ถนนเป็นหลุม", "พยาบาลตะคอกใส่คนไข้", "my father รอคิวตั้งแต่ตีห้า หมอไม่มา"};
    (void)state;
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        const char *class_code = class_of(strange[i]);
        if (!complaint_classification_unsure(f.answer, NULL)) fail_msg("“%s” is surely %s: %d", strange[i], class_code, complaint_classification_confidence(f.answer));
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        class_of(known[i]);
        if (complaint_classification_unsure(f.answer, NULL)) fail_msg("“%s” is not sure: %d", known[i], complaint_classification_confidence(f.answer));
    }
}

/* ---- the words that decided ---- */

static void check_terms(const char *text) {
    int32_t count = 0, again = 0;
    class_of(text);
    OK(complaint_classification_terms(f.answer, &count));
    OK(complaint_classification_terms(f.answer, &again));
    assert_int_equal(count, again);
    for (int32_t i = 0; i < count; i++) {
        size_t size = 0, first = 0, end = 0;
        const char *term = complaint_classification_term(f.answer, i, &size), *about = complaint_classification_term_for(f.answer, i);
        OK(complaint_classification_term_place(f.answer, i, &first, &end));
        assert_true(first < end && end <= strlen(text) && size == end - first);
        assert_memory_equal(term, text + first, size);
        assert_int_equal(strlen(term), size);
        assert_true(((unsigned char)text[first] & 0xC0) != 0x80 && ((unsigned char)text[end] & 0xC0) != 0x80); /* no character is cut */
        assert_in_range(complaint_classification_term_share(f.answer, i), 1, 1000);
        assert_true(strcmp(about, complaint_classification_class(f.answer)) == 0 || complaint_classification_flag(f.answer, about));
        if (i && strcmp(about, complaint_classification_term_for(f.answer, i - 1)) == 0)
            assert_true(complaint_classification_term_share(f.answer, i) <= complaint_classification_term_share(f.answer, i - 1));
    }
    assert_null(complaint_classification_term(f.answer, count, NULL));
    assert_null(complaint_classification_term_for(f.answer, -1));
}

static void terms_stand_in_every_message_of_the_corpus(void **state) {
    test_corpus c;
    (void)state;
    test_corpus_read(&c, "tests/data/corpus/dev.tsv");
    for (size_t i = 0; i < c.count; i++) check_terms(c.rows[i].text);
    test_corpus_free(&c);
}

static bool has_term(const char *wanted) {
    int32_t count = 0;
    OK(complaint_classification_terms(f.answer, &count));
    for (int32_t i = 0; i < count; i++)
        if (strcmp(complaint_classification_term(f.answer, i, NULL), wanted) == 0) return true;
    return false;
}

static void terms_are_whole_words_of_the_original(void **state) {
    (void)state;
    class_of("นํ้าเเข็งโรงงานนี้ไม่มี อย. สกปรกมาก");
    assert_true(has_term("นํ้าเเข็ง") || has_term("ไม่มี อย")); /* as it was typed, not as it was read */
    class_of("จนท.ตะคอกใส่ยาย");
    assert_true(has_term("ตะคอกใส่"));
    class_of("ล็อกสเปกเครื่องเอกซเรย์");
    assert_true(has_term("ล็อกสเปก"));
}

/* ---- models ---- */

static complaint_status load(const void *bytes, size_t size, char subject[64]) {
    complaint_classifier *c = NULL;
    complaint_error *e = NULL;
    complaint_status s = complaint_classifier_load(NULL, bytes, size, &c, &e);
    snprintf(subject, 64, "%s", e ? complaint_error_subject(e) : "");
    assert_true((s == COMPLAINT_OK) == (c != NULL));
    complaint_error_free(e);
    complaint_classifier_free(c);
    return s;
}

static void what_is_no_model_is_refused_by_name(void **state) {
    char subject[64];
    (void)state;
    complaint_text *model = small_model();
    size_t size = complaint_text_size(model);
    char *bytes = malloc(size + 1);
    memcpy(bytes, complaint_text_data(model), size + 1);
    assert_int_equal(load("", 0, subject), COMPLAINT_E_SYNTAX);
    assert_string_equal(subject, "model");
    assert_int_equal(load("{\"format\": 1}", 13, subject), COMPLAINT_E_SYNTAX);
    bytes[6] = '2';
    assert_int_equal(load(bytes, size, subject), COMPLAINT_E_UNSUPPORTED);
    bytes[6] = '1';
    assert_int_equal(load(bytes, size, subject), COMPLAINT_OK);
    assert_int_equal(load(bytes, size + 1, subject), COMPLAINT_E_CORRUPT);
    for (size_t n = 64; n < size; n += size / 97) assert_int_equal(load(bytes, n, subject), COMPLAINT_E_CORRUPT);
    for (size_t at = 8; at < size; at += size / 499) {
        bytes[at] ^= 0x10;
        assert_int_equal(load(bytes, size, subject), COMPLAINT_E_CORRUPT);
        bytes[at] ^= 0x10;
    }
    free(bytes);
    complaint_text_free(model);
}

static void set_sum(uint8_t *bytes, size_t size) {
    uint32_t h = 2166136261u;
    for (size_t i = 16; i < size; i++) h = (h ^ bytes[i]) * 16777619u;
    for (int i = 0; i < 4; i++) bytes[12 + i] = (uint8_t)(h >> (8 * i));
}

/* Somebody who can compute the check sum gets a refusal or a model that answers, and nothing else. */
static void an_altered_model_answers_or_is_refused(void **state) {
    (void)state;
    complaint_text *model = small_model();
    size_t size = complaint_text_size(model);
    uint8_t *bytes = malloc(size);
    uint32_t refused = 0, random = 1;
    memcpy(bytes, complaint_text_data(model), size);
    for (int i = 0; i < 3000; i++) {
        complaint_classifier *c = NULL;
        complaint_classification *k = NULL;
        int32_t count;
        random = random * 1664525 + 1013904223;
        size_t at = 16 + (random >> 4) % (i % 2 ? size - 16 : 700);
        uint8_t before = bytes[at];
        bytes[at] = (uint8_t)(random >> 24);
        set_sum(bytes, size);
        complaint_status s = complaint_classifier_load(NULL, bytes, size, &c, NULL);
        assert_true(s == COMPLAINT_OK || s == COMPLAINT_E_CORRUPT);
        if (s == COMPLAINT_OK) {
            OK(complaint_classification_new(c, &k));
            OK(complaint_classification_make(k, buying[4], strlen(buying[4])));
            assert_in_range(complaint_classification_confidence(k), 0, 1000);
            OK(complaint_classification_terms(k, &count));
        }
        refused += s != COMPLAINT_OK;
        complaint_classification_free(k);
        complaint_classifier_free(c);
        bytes[at] = before;
    }
    assert_true(refused > 100);
    free(bytes);
    complaint_text_free(model);
}

static void what_was_learned_is_known(void **state) {
    (void)state;
    complaint_text *model = small_model();
    complaint_classifier *c = loaded(model);
    complaint_classification *k = NULL;
    OK(complaint_classification_new(c, &k));
    for (int i = 0; i < SMALL; i++) {
        OK(complaint_classification_make(k, waiting[i], strlen(waiting[i])));
        assert_string_equal(complaint_classification_class(k), "service");
        OK(complaint_classification_make(k, buying[i], strlen(buying[i])));
        assert_string_equal(complaint_classification_class(k), "procurement");
    }
    OK(complaint_classification_make(k, "คิวห้องฟันรอนาน", strlen("คิวห้องฟันรอนาน")));
    assert_string_equal(complaint_classification_class(k), "service");
    complaint_classifier_free(c); /* the classification keeps it */
    OK(complaint_classification_make(k, buying[0], strlen(buying[0])));
    assert_string_equal(complaint_classification_class(k), "procurement");
    complaint_classification_free(k);
    complaint_text_free(model);
}

static void the_same_rows_give_the_same_bytes(void **state) {
    (void)state;
    complaint_text *one = small_model(), *two = small_model();
    assert_int_equal(complaint_text_size(one), complaint_text_size(two));
    assert_memory_equal(complaint_text_data(one), complaint_text_data(two), complaint_text_size(one));
    complaint_text_free(one);
    complaint_text_free(two);
}

/* By both that learn. */
static void expect_too_little(const complaint_training *t, const char *subject) {
    complaint_text *model = NULL;
    complaint_evaluation *v = NULL;
    complaint_error *e = NULL;
    assert_int_equal(complaint_classifier_train(t, &model, &e), COMPLAINT_E_REQUIRED);
    assert_string_equal(complaint_error_subject(e), subject);
    complaint_error_free(e);
    e = NULL;
    assert_int_equal(complaint_training_cross_validate(t, 2, &v, &e), COMPLAINT_E_REQUIRED);
    assert_string_equal(complaint_error_subject(e), subject);
    complaint_error_free(e);
    assert_true(!model && !v);
}

static void too_little_to_learn_is_said(void **state) {
    complaint_training *t = NULL;
    (void)state;
    OK(complaint_training_new(NULL, &t));
    expect_too_little(t, "class");
    for (int i = 0; i < SMALL; i++) OK(complaint_training_add(t, waiting[i], strlen(waiting[i]), "service", "", 0));
    expect_too_little(t, "class");
    OK(complaint_training_add(t, buying[0], strlen(buying[0]), "procurement", "corruption", 0));
    expect_too_little(t, "procurement");
    OK(complaint_training_add(t, buying[1], strlen(buying[1]), "procurement", "", 0));
    expect_too_little(t, "corruption");
    complaint_training_free(t);
}

static void labels_are_checked(void **state) {
    static const char *const classes[] = {"", "Service", "a b", "บริการ", "this_name_is_one_letter_too_long"}, *const flags[] = {",", "urgent,", ",urgent", "Urgent", "a,b,c,d,e"};
    complaint_training *t = NULL;
    (void)state;
    OK(complaint_training_new(NULL, &t));
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) assert_int_equal(complaint_training_add(t, "ก", 3, classes[i], "", 0), COMPLAINT_E_INVALID);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) assert_int_equal(complaint_training_add(t, "ก", 3, "service", flags[i], 0), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_training_count(t), 0);
    for (int i = 0; i < CPL_CLASSES_MAX; i++) {
        char name[CPL_LABEL_MAX];
        snprintf(name, sizeof name, "class_%d", i);
        OK(complaint_training_add(t, "ก\xff", 4, name, "urgent,corruption", 0));
    }
    assert_int_equal(complaint_training_add(t, "ก", 3, "class_more", "", 0), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_training_count(t), CPL_CLASSES_MAX);
    complaint_training_free(t);
}

static void a_lexicon_is_read_or_its_mistake_named(void **state) {
    static const struct {
        const char *words;
        int64_t line;
    } wrong[] = {{"Group\t\tคำ\n", 1}, {"# ok\na\t\tคำ\nb\turgent\tคำ\n", 3}, {"a\turgent:0\tคำ\n", 1}, {"a\turgent:100\tคำ\n", 1}, {"a\turgent:5x\tคำ\n", 1}, {"a\t\tคำ |  | คำ\n", 1},
                 {"a\t\tคำ\nb\t\tคำ\nc\t\tคำ\nd\t\tคำ\n", 4}, {"a\t\tคำ\xff\n", 1}};
    complaint_training *t = small_training(NULL);
    complaint_text *model = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        complaint_error *e = NULL;
        assert_int_equal(complaint_training_set_lexicon(t, wrong[i].words, strlen(wrong[i].words), &e), COMPLAINT_E_SYNTAX);
        assert_int_equal(complaint_error_line(e), wrong[i].line);
        complaint_error_free(e);
    }
    static const char words[] = "wait\t\tรอ | คิว\nloud\tmedia:70\tนักข่าว | โทรทัศน์\n";
    OK(complaint_training_set_lexicon(t, words, sizeof words - 1, NULL));
    OK(complaint_classifier_train(t, &model, NULL));
    complaint_classifier *c = loaded(model);
    complaint_classification *k = NULL;
    OK(complaint_classification_new(c, &k));
    OK(complaint_classification_make(k, "นักข่าวมา", strlen("นักข่าวมา")));
    assert_int_equal(complaint_classification_flag(k, "media"), 1);
    assert_int_equal(complaint_classification_flag_confidence(k, "media"), 700);
    OK(complaint_classification_make(k, "นักข่าว โทรทัศน์ นักข่าว", strlen("นักข่าว โทรทัศน์ นักข่าว")));
    assert_int_equal(complaint_classification_flag_confidence(k, "media"), 910); /* two phrases, one of them twice */
    complaint_classification_free(k);
    complaint_classifier_free(c);
    complaint_text_free(model);
    complaint_training_free(t);
}

/* Whoever writes a lexicon says what is politeness; what is not said to be is read. */
static void politeness_is_what_the_lexicon_says(void **state) {
    static const char *const lexicons[] = {"wait\t\tรอ | คิว\n", "wait\t\tรอ | คิว\nformula\tformula\tด้วยรัก\nend\tparticle\tเด้อ\nwho\taddressee\tอ้าย\n"};
    static const char text[] = "รอคิวนานมากเจ้า", polite[] = "ด้วยรักเด้ออ้าย รอคิวนานมากเจ้า", attached[] = "ด้วยรักอ้ายคนนั้น รอคิวนานมากเจ้า";
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        complaint_training *t = small_training(NULL);
        complaint_text *model = NULL;
        complaint_classification *k = NULL;
        OK(complaint_training_set_lexicon(t, lexicons[i], strlen(lexicons[i]), NULL));
        OK(complaint_classifier_train(t, &model, NULL));
        complaint_classifier *c = loaded(model);
        OK(complaint_classification_new(c, &k));
        OK(complaint_classification_make(k, text, sizeof text - 1));
        int32_t plain = complaint_classification_confidence(k);
        OK(complaint_classification_make(k, polite, sizeof polite - 1));
        assert_int_equal(complaint_classification_confidence(k) == plain, i == 1);
        OK(complaint_classification_make(k, attached, sizeof attached - 1));
        assert_int_not_equal(complaint_classification_confidence(k), plain);
        complaint_classification_free(k);
        complaint_classifier_free(c);
        complaint_text_free(model);
        complaint_training_free(t);
    }
}

static void two_models_answer_together(void **state) {
    (void)state;
    static const char text[] = "รอคิวนานมากเจ้า";
    complaint_text *model = small_model();
    complaint_classifier *own = loaded(model), *both = NULL, *more = NULL;
    complaint_classification *a = NULL, *k = NULL;
    OK(complaint_classifier_join(own, f.builtin, 300, &both));
    assert_int_equal(complaint_classifier_join(both, f.builtin, 300, &more), COMPLAINT_E_INVALID);
    OK(complaint_classification_new(own, &a));
    OK(complaint_classification_new(both, &k));
    complaint_classifier_free(own);
    complaint_classifier_free(both);
    OK(complaint_classification_make(a, text, sizeof text - 1));
    OK(complaint_classification_make(k, text, sizeof text - 1));
    class_of(text);
    const char *const codes[] = {"service", "procurement"};
    int32_t both_know = complaint_classification_class_confidence(f.answer, "service") + complaint_classification_class_confidence(f.answer, "procurement");
    for (size_t i = 0; i < 2; i++) {
        int32_t mixed = (300 * complaint_classification_class_confidence(a, codes[i]) * both_know / 1000 + 700 * complaint_classification_class_confidence(f.answer, codes[i])) / 1000;
        assert_in_range(complaint_classification_class_confidence(k, codes[i]), mixed > 4 ? mixed - 4 : 0, mixed + 4);
    }
    int32_t count = 0;
    OK(complaint_classification_terms(k, &count));
    assert_true(count > 0);
    assert_null(more);
    complaint_classification_free(a);
    complaint_classification_free(k);
    complaint_text_free(model);
}

/* The small model knows two classes and one flag; of everything else the built-in one answers as if it were alone. */
static void what_one_model_never_learned_is_the_others(void **state) {
    static const char *const texts[] = {"แม่แน่นหน้าอกเหงื่อแตก หายใจไม่ออก", "ขอบคุณค่ะ", "เด็กหญิงถูกล่วงละเมิดทางเพศในห้องตรวจ", "ถนนหน้าหมู่บ้านเป็นหลุม ไฟทางดับมาสองเดือน"};
    static const char *const flags[] = {"urgent", "sensitive", "office_impact"}, *const classes[] = {"none", "out_of_jurisdiction", "personnel"};
    complaint_text *model = small_model();
    complaint_classifier *own = loaded(model);
    (void)state;
    for (int32_t share = 100; share < 1000; share += 400) {
        complaint_classifier *both[2] = {NULL, NULL};
        OK(complaint_classifier_join(own, f.builtin, share, &both[0]));
        OK(complaint_classifier_join(f.builtin, own, 1000 - share, &both[1]));
        for (size_t i = 0; i < 2 * sizeof texts / sizeof *texts; i++) {
            complaint_classification *k = NULL;
            OK(complaint_classification_new(both[i % 2], &k));
            OK(complaint_classification_make(k, texts[i / 2], strlen(texts[i / 2])));
            class_of(texts[i / 2]);
            for (size_t j = 0; j < 3; j++) {
                assert_int_equal(complaint_classification_flag(k, flags[j]), complaint_classification_flag(f.answer, flags[j]));
                assert_int_equal(complaint_classification_flag_confidence(k, flags[j]), complaint_classification_flag_confidence(f.answer, flags[j]));
                int32_t alone = complaint_classification_class_confidence(f.answer, classes[j]);
                assert_in_range(complaint_classification_class_confidence(k, classes[j]), alone > 2 ? alone - 2 : 0, alone + 2);
            }
            complaint_classification_free(k);
        }
        complaint_classifier_free(both[0]);
        complaint_classifier_free(both[1]);
    }
    complaint_classifier_free(own);
    complaint_text_free(model);
}

/* ---- measures ---- */

static void measures_are_what_the_manual_says(void **state) {
    (void)state;
    complaint_text *model = small_model();
    complaint_classifier *c = loaded(model);
    complaint_training *rows = NULL;
    complaint_evaluation *v = NULL;
    int64_t count = 0, right = 0;
    OK(complaint_training_new(NULL, &rows));
    for (int i = 0; i < 4; i++) OK(complaint_training_add(rows, waiting[i], strlen(waiting[i]), "service", "", 0));
    OK(complaint_training_add(rows, waiting[4], strlen(waiting[4]), "procurement", "", 0)); /* will be answered service */
    OK(complaint_training_add(rows, buying[0], strlen(buying[0]), "procurement", "", 0));
    OK(complaint_training_add(rows, buying[1], strlen(buying[1]), "cyber", "", 0)); /* which the model does not know */
    OK(complaint_classifier_evaluate(c, rows, &v, NULL));
    assert_int_equal(complaint_evaluation_count(v, "", ""), 7);
    assert_int_equal(complaint_evaluation_count(v, "service", "service"), 4);
    assert_int_equal(complaint_evaluation_count(v, "procurement", "service"), 1);
    assert_int_equal(complaint_evaluation_count(v, "", "service"), 5);
    assert_int_equal(complaint_evaluation_count(v, "cyber", "cyber"), 0);
    assert_int_equal(complaint_evaluation_count(v, "weather", ""), 0);
    assert_int_equal(complaint_evaluation_measure(v, "service", COMPLAINT_MEASURE_PRECISION), 800);
    assert_int_equal(complaint_evaluation_measure(v, "service", COMPLAINT_MEASURE_RECALL), 1000);
    assert_int_equal(complaint_evaluation_measure(v, "service", COMPLAINT_MEASURE_F1), 889);
    assert_int_equal(complaint_evaluation_measure(v, "procurement", COMPLAINT_MEASURE_F1), 500);
    assert_int_equal(complaint_evaluation_measure(v, "cyber", COMPLAINT_MEASURE_F1), 0);
    assert_int_equal(complaint_evaluation_macro_f1(v), 463);
    assert_int_equal(complaint_evaluation_accuracy(v), 714);
    OK(complaint_evaluation_at_confidence(v, 0, &count, &right));
    assert_true(count == 7 && right == 5);
    assert_int_equal(complaint_evaluation_at_confidence(v, 1001, &count, &right), COMPLAINT_E_RANGE);
    complaint_evaluation_free(v);
    complaint_training_free(rows);
    complaint_classifier_free(c);
    complaint_text_free(model);
}

static void cross_validation_asks_each_row_once(void **state) {
    complaint_evaluation *v = NULL;
    complaint_training *t = small_training(NULL);
    (void)state;
    OK(complaint_training_cross_validate(t, 4, &v, NULL));
    assert_int_equal(complaint_evaluation_count(v, "", ""), 2 * SMALL);
    assert_int_equal(complaint_evaluation_flag_count(v, "corruption", 1, 0) + complaint_evaluation_flag_count(v, "corruption", 1, 1), 2);
    complaint_evaluation_free(v);
    complaint_training_free(t);
}

/* The rows whose ids begin so, as the built-in model answers them. */
static complaint_evaluation *evaluation_of(const char *path, const char *begin) {
    test_corpus c;
    complaint_training *rows = NULL;
    complaint_evaluation *v = NULL;
    test_corpus_read(&c, path);
    OK(complaint_training_new(NULL, &rows));
    for (size_t i = 0; i < c.count; i++)
        if (strncmp(c.rows[i].id, begin, strlen(begin)) == 0) OK(complaint_training_add(rows, c.rows[i].text, strlen(c.rows[i].text), c.rows[i].class_code, c.rows[i].flags, 0));
    OK(complaint_classifier_evaluate(f.builtin, rows, &v, NULL));
    complaint_training_free(rows);
    test_corpus_free(&c);
    return v;
}

/* The messages of dev.tsv were written by others than those that the model learned from, and are in no part of it. */
static void strangers_messages_are_classified_as_the_card_says(void **state) {
    complaint_evaluation *v = evaluation_of("tests/data/corpus/dev.tsv", "d");
    (void)state;
    assert_true(complaint_evaluation_macro_f1(v) >= 750);
    assert_true(complaint_evaluation_measure(v, "urgent", COMPLAINT_MEASURE_F1) >= 680);
    assert_true(complaint_evaluation_measure(v, "corruption", COMPLAINT_MEASURE_F1) >= 650);
    assert_true(complaint_evaluation_calibration_error(v) <= 60);
    complaint_evaluation_free(v);
}

/* Short ones, and the flags that dev.tsv does not know. What went wrong with the others was mended, with k… it was not (tests/data/corpus/README.md). */
static void short_messages_are_classified_as_the_card_says(void **state) {
    static const struct {
        const char *begin, *code;
        int32_t least;
    } table[] = {{"k", "urgent", 800}, {"k", "corruption", 800}, {"k", "sensitive", 550}, {"k", "office_impact", 700}, {"", "urgent", 800}, {"", "corruption", 750}, {"", "sensitive", 650}, {"", "office_impact", 850}};
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        complaint_evaluation *v = evaluation_of("tests/data/corpus/fresh.tsv", table[i].begin);
        int32_t f1 = complaint_evaluation_measure(v, table[i].code, COMPLAINT_MEASURE_F1), all = complaint_evaluation_macro_f1(v);
        complaint_evaluation_free(v);
        if (f1 < table[i].least) fail_msg("%s of %s…: %d", table[i].code, table[i].begin, f1);
        if (all < (*table[i].begin ? 720 : 850)) fail_msg("the class of %s…: %d", table[i].begin, all);
    }
}

/* ---- memory ---- */

static void a_message_after_others_as_long_asks_for_no_memory(void **state) {
    test_alloc a;
    test_corpus c;
    complaint_classifier *classifier = NULL;
    complaint_classification *k = NULL;
    (void)state;
    test_corpus_read(&c, "tests/data/corpus/dev.tsv");
    test_alloc_init(&a, -1);
    OK(complaint_classifier_builtin(&a.table, &classifier, NULL));
    OK(complaint_classification_new(classifier, &k));
    for (size_t i = 0; i < c.count; i++) OK(complaint_classification_make(k, c.rows[i].text, strlen(c.rows[i].text)));
    long warm = a.requests;
    for (size_t i = 0; i < c.count; i++) OK(complaint_classification_make(k, c.rows[i].text, strlen(c.rows[i].text)));
    assert_int_equal(a.requests, warm);
    complaint_classification_free(k);
    complaint_classifier_free(classifier);
    assert_int_equal(a.alive, 0);
    test_corpus_free(&c);
}

static bool classify_with(test_alloc *a, void *context) {
    const complaint_text *model = context;
    complaint_classifier *own = NULL, *builtin = NULL, *both = NULL;
    complaint_classification *k = NULL;
    int32_t count = 0;
    complaint_status s = complaint_classifier_load(&a->table, complaint_text_data(model), complaint_text_size(model), &own, NULL);
    if (s == COMPLAINT_OK) s = complaint_classifier_builtin(&a->table, &builtin, NULL);
    if (s == COMPLAINT_OK) s = complaint_classifier_join(own, builtin, 500, &both);
    if (s == COMPLAINT_OK) s = complaint_classification_new(both, &k);
    if (s == COMPLAINT_OK) s = complaint_classification_make(k, buying[4], strlen(buying[4]));
    if (s == COMPLAINT_OK) s = complaint_classification_terms(k, &count);
    if (s == COMPLAINT_OK) assert_true(count > 0);
    if (s != COMPLAINT_OK) assert_int_equal(s, COMPLAINT_E_MEMORY);
    complaint_classification_free(k);
    complaint_classifier_free(both);
    complaint_classifier_free(builtin);
    complaint_classifier_free(own);
    return s == COMPLAINT_OK;
}

static void classifying_bears_every_failure_of_memory(void **state) {
    (void)state;
    complaint_text *model = small_model();
    test_alloc_loop(classify_with, model);
    complaint_text_free(model);
}

static bool train_with(test_alloc *a, void *context) {
    static const char words[] = "wait\t\tรอ | คิว\nloud\tmedia:70\tนักข่าว\n";
    complaint_text *model = NULL;
    complaint_evaluation *v = NULL;
    (void)context;
    complaint_training *t = small_training(&a->table);
    complaint_status s = t ? complaint_training_set_lexicon(t, words, sizeof words - 1, NULL) : COMPLAINT_E_MEMORY;
    if (s == COMPLAINT_OK) s = complaint_classifier_train(t, &model, NULL);
    if (s == COMPLAINT_OK) s = complaint_training_cross_validate(t, 2, &v, NULL);
    if (s != COMPLAINT_OK) assert_int_equal(s, COMPLAINT_E_MEMORY);
    complaint_text_free(model);
    complaint_evaluation_free(v);
    complaint_training_free(t);
    return s == COMPLAINT_OK;
}

static void training_bears_every_failure_of_memory(void **state) {
    (void)state;
    test_alloc_loop(train_with, NULL);
}

/* ---- arithmetic ---- */

static void integer_arithmetic_is_close(void **state) {
    (void)state;
    for (uint64_t v = 0; v < 100000; v += 7) {
        uint64_t root = cpl_isqrt(v);
        assert_true(root * root <= v && (root + 1) * (root + 1) > v);
    }
    assert_int_equal(cpl_isqrt(UINT64_MAX), UINT32_MAX);
    assert_int_equal(cpl_sigmoid(0), 32768);
    assert_in_range(cpl_sigmoid(65536), 47909, 47913);  /* 0.731059 */
    assert_in_range(cpl_sigmoid(-65536), 17623, 17627); /* 0.268941 */
    assert_int_equal(cpl_sigmoid(INT32_MAX), 65536);
    assert_int_equal(cpl_sigmoid(-(int64_t)INT32_MAX), 0);
    assert_in_range(cpl_exp_negative(65536), 395007000, 395009500); /* 1 / e */
    for (int64_t x = 0; x < 40 << 16; x += 999) assert_true(cpl_exp_negative(x) >= cpl_exp_negative(x + 999));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_arguments_are_refused),
        cmocka_unit_test(nothing_is_said_of_what_was_not_classified),
        cmocka_unit_test(a_text_is_at_most_1_mib),
        cmocka_unit_test(classes_and_flags_are_those_of_the_manual),
        cmocka_unit_test(plain_messages_get_their_class),
        cmocka_unit_test(politeness_around_a_matter_changes_nothing),
        cmocka_unit_test(thanks_and_greetings_alone_are_no_matter),
        cmocka_unit_test(terms_stand_behind_politeness),
        cmocka_unit_test(flags_are_raised_with_words),
        cmocka_unit_test(danger_is_told_from_its_words),
        cmocka_unit_test(typing_noise_changes_nothing),
        cmocka_unit_test(nothing_with_a_flag_is_unsure),
        cmocka_unit_test(unsure_is_what_the_policy_says),
        cmocka_unit_test(what_the_model_hardly_knows_is_unsure),
        cmocka_unit_test(terms_stand_in_every_message_of_the_corpus),
        cmocka_unit_test(terms_are_whole_words_of_the_original),
        cmocka_unit_test(what_is_no_model_is_refused_by_name),
        cmocka_unit_test(an_altered_model_answers_or_is_refused),
        cmocka_unit_test(what_was_learned_is_known),
        cmocka_unit_test(the_same_rows_give_the_same_bytes),
        cmocka_unit_test(too_little_to_learn_is_said),
        cmocka_unit_test(labels_are_checked),
        cmocka_unit_test(a_lexicon_is_read_or_its_mistake_named),
        cmocka_unit_test(politeness_is_what_the_lexicon_says),
        cmocka_unit_test(two_models_answer_together),
        cmocka_unit_test(what_one_model_never_learned_is_the_others),
        cmocka_unit_test(measures_are_what_the_manual_says),
        cmocka_unit_test(cross_validation_asks_each_row_once),
        cmocka_unit_test(strangers_messages_are_classified_as_the_card_says),
        cmocka_unit_test(short_messages_are_classified_as_the_card_says),
        cmocka_unit_test(a_message_after_others_as_long_asks_for_no_memory),
        cmocka_unit_test(classifying_bears_every_failure_of_memory),
        cmocka_unit_test(training_bears_every_failure_of_memory),
        cmocka_unit_test(integer_arithmetic_is_close),
    };
    return cmocka_run_group_tests(tests, open_builtin, close_builtin);
}
