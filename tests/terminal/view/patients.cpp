#include "tests/terminal/view/scenes.h"

namespace kazashi::test {

using model::Section;

namespace {

model::Medicine medicine(std::string name, std::string usage, int days, const char* since, std::string by,
                         std::string from) {
    model::Medicine one;
    one.name = std::move(name);
    one.usage = std::move(usage);
    one.days = days;
    one.current = true;
    one.since = day(since);
    one.prescribed_at = std::move(by);
    one.dispensed_at = std::move(from);
    return one;
}

model::LabValue lab(std::string name, std::string value, std::string unit, std::string range, model::LabFlag flag,
                    const char* taken, std::vector<double> history) {
    model::LabValue one;
    one.name = std::move(name);
    one.value = std::move(value);
    one.unit = std::move(unit);
    one.range = std::move(range);
    one.flag = flag;
    one.taken = day(taken);
    one.facility = "臼杵市医師会立コスモス病院";
    const std::chrono::sys_days last{*one.taken.day};
    for (std::size_t i = 0; i < history.size(); ++i)
        one.history.push_back({base::Date{last - std::chrono::days{60 * (history.size() - 1 - i)}}, history[i]});
    return one;
}

std::unique_ptr<model::Summary> somebody() {
    auto summary = std::make_unique<model::Summary>();
    summary->sections = model::SectionSet{}.with(Section::emergency).with(Section::medication).with(Section::clinical);
    summary->as_of = at(2026, 11, 20, 6, 0);
    return summary;
}

}  // namespace

std::unique_ptr<model::Summary> plain_summary() {
    auto summary = somebody();
    summary->person = {"臼杵 花子", "ウスキ ハナコ", day("1942-03-02"), model::Sex::female, "A Rh+", ""};
    summary->allergy_knowledge = model::AllergyKnowledge::listed;
    model::Allergy penicillin;
    penicillin.what = "ペニシリン系抗菌薬";
    penicillin.reaction = "アナフィラキシー";
    penicillin.severe = penicillin.medicine = true;
    penicillin.recorded = day("2019-06");
    model::Allergy buckwheat;
    buckwheat.what = "そば";
    buckwheat.reaction = "じんましん";
    summary->allergies = {penicillin, buckwheat};
    const std::string hospital = "臼杵市医師会立コスモス病院", clinic = "野津あけぼの内科",
                      pharmacy = "臼杵たちばな薬局";
    summary->medicines = {
        medicine("アムロジピンOD錠5mg「トーワ」", "1日1回 朝食後 1回1錠", 28, "2026-10-30", hospital, pharmacy),
        medicine("ワルファリンK錠1mg", "1日1回 夕食後 1回2.5錠", 28, "2026-10-30", hospital, pharmacy),
        medicine("カロナール錠500", "痛むとき 1回1錠 1日3回まで", 10, "2026-11-12", clinic, "野津ひまわり薬局"),
    };
    summary->medicines[2].as_needed = true;
    auto stopped = medicine("レボフロキサシン錠500mg", "1日1回 朝食後", 5, "2026-09-01", clinic, pharmacy);
    stopped.current = false;
    stopped.until = day("2026-09-05");
    summary->medicines.push_back(stopped);
    model::Problem fibrillation, hypertension, suspected;
    hypertension.name = "本態性高血圧症";
    hypertension.active = true;
    hypertension.since = day("2008-04");
    hypertension.facility = hospital;
    fibrillation = hypertension;
    fibrillation.name = "心房細動";
    fibrillation.since = day("2021-02-10");
    suspected = hypertension;
    suspected.name = "慢性腎臓病";
    suspected.suspected = true;
    suspected.since = day("2026-10-30");
    summary->problems = {hypertension, fibrillation, suspected};
    using Flag = model::LabFlag;
    summary->labs = {
        lab("PT-INR", "2.1", "", "0.8–1.2", Flag::high, "2026-10-30", {1.8, 2.4, 2.0, 2.1}),
        lab("クレアチニン", "1.18", "mg/dL", "0.46–0.79", Flag::high, "2026-10-30", {0.82, 0.9, 0.95, 1.02, 1.18}),
        lab("カリウム", "3.4", "mmol/L", "3.6–4.8", Flag::low, "2026-10-30", {4.0, 3.8, 3.4}),
        lab("ヘモグロビンA1c（NGSP）", "5.9", "%", "4.9–6.0", Flag::none, "2026-05-12", {5.8, 5.9}),
    };
    summary->not_understood = 2;
    return summary;
}

std::unique_ptr<model::Summary> nasty_summary() {
    auto summary = plain_summary();
    const std::string far = "社会福祉法人臼杵市社会福祉協議会野津地域包括支援センター付属診療所";
    summary->person = {"勅使河原 𠮷右衛門之介クリストファー・髙槗",
                       "テシガワラ キチエモンノスケクリストファー・タカハシ",
                       day("1989-01"),
                       model::Sex::unknown,
                       "AB Rh−（亜型の疑いあり）",
                       ""};
    for (int i = 0; i < 7; ++i) {
        model::Allergy allergy;
        allergy.what = "ピペラシリンナトリウム・タゾバクタムナトリウム水和物（静脈注射用）";
        allergy.reaction = "全身のじんましん、呼吸困難、血圧低下";
        allergy.severe = i % 2 == 0;
        allergy.unconfirmed = i % 3 == 0;
        allergy.recorded = day("2019-06-01");
        allergy.facility = far;
        summary->allergies.push_back(allergy);
    }
    for (int i = 0; i < 12; ++i)
        summary->medicines.insert(
            summary->medicines.begin(),
            medicine("ビソプロロールフマル酸塩・ヒドロクロロチアジド配合持続性経皮吸収型製剤テープ4mg「日本ジェネリック"
                     "製薬」" +
                         std::to_string(i),
                     "1日3回 毎食後30分以内および就寝前 1回2.25錠 "
                     "食事をとれないときは飲まずに電話で相談してください。2日続けて飲み忘れたときも同じです。",
                     i * 100, "2026-10-30", i % 2 ? far : "", far));
    summary->problems.front().name =
        "メチシリン耐性黄色ブドウ球菌による人工股関節置換術後の感染症に続発した両側性の慢性骨髄炎";
    summary->problems.front().suspected = true;
    summary->problems.front().active = false;
    summary->problems.front().facility = far;
    summary->labs.front() =
        lab("抗サイクリックシトルリン化ペプチド抗体（抗CCP抗体）精密測定", "12345678.90", "×10⁴/μL（補正後）",
            "1000000.00–2000000.00 未満", model::LabFlag::abnormal, "2025-01-05", {1, 5, 2, 8, 3, 9});
    summary->as_of = at(2025, 12, 31, 23, 59);
    summary->not_understood = 1234;
    return summary;
}

std::unique_ptr<model::Summary> empty_summary() {
    auto summary = somebody();
    summary->person.kanji = "後藤 ミツ";
    summary->person.kana = "ゴトウ ミツ";
    summary->allergy_knowledge = model::AllergyKnowledge::none_confirmed;
    summary->allergies_checked = day("2026-03-02");
    return summary;
}

}  // namespace kazashi::test
