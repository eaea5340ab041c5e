#include <algorithm>
#include <array>

#include "sync/wire/ledger.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

namespace {

constexpr std::array<std::string_view, 4> problems{"", "gap", "fork", "bad_signature"};

template <class T>
Json to_list(const std::vector<T>& values) {
    auto list = Json::array();
    for (const auto& value : values) list.push_back(to_map(value));
    return list;
}

template <class T>
Result<std::vector<T>> read_list(Json list, Result<T> (*read)(Json&)) {
    std::vector<T> values;
    values.reserve(list.size());
    for (auto& raw : list) {
        KAZASHI_TRY(auto value, read(raw));
        values.push_back(std::move(value));
    }
    return values;
}

}  // namespace

Bytes encode(const Push& push) { return to_bytes(Json{{"entries", to_list(push.entries)}}); }

Result<Push> decode_push(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::push_bytes));
    Fields fields{map};
    Push push;
    KAZASHI_TRY(push.entries, read_list(fields.list("entries", tuning::push_entries), read_ledger_entry));
    return fields.done(std::move(push));
}

Bytes encode(const PushAnswer& answer) {
    return to_bytes(
        Json{{"expected", answer.expected.value}, {"problem", answer.problem}, {"receipts", to_list(answer.receipts)}});
}

Result<PushAnswer> decode_push_answer(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::answer_bytes));
    Fields fields{map};
    PushAnswer answer;
    KAZASHI_TRY(answer.receipts, read_list(fields.list("receipts", tuning::push_entries), read_receipt));
    answer.problem = fields.text("problem", tuning::id_bytes);
    if (std::find(problems.begin(), problems.end(), answer.problem) == problems.end()) fields.fail("problem");
    answer.expected = {fields.integer("expected", 0, std::numeric_limits<std::int64_t>::max())};
    return fields.done(std::move(answer));
}

}  // namespace kazashi::wire
