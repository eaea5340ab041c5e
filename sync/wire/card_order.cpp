#include "sync/wire/card_order.h"

#include <algorithm>

#include "sync/vault/seal.h"
#include "sync/wire/fields.h"

namespace kazashi::wire {

namespace {

Result<CardOrderBegin> read_begin(Json& map) {
    Fields fields{map};
    CardOrderBegin begin;
    begin.purpose = fields.choice("purpose", CardPurpose::issue, CardPurpose::scrap);
    begin.kind = fields.choice("kind", card::CardKind::patient, card::CardKind::staff);
    begin.number = fields.text("number", 10);
    begin.dry_run = fields.truth("dry_run");
    begin.idm = fields.id<card::Idm>("idm");
    begin.seal = fields.id<model::SealKey>("seal");
    KAZASHI_TRY(begin, fields.done(std::move(begin)));
    // The region will seal to it, whoever sent it.
    if (!vault::can_seal_to(begin.seal)) return Error{Fault::malformed, "seal: not a key"};
    return begin;
}

Json to_map(const CardOrderBegin& begin) {
    return Json{{"dry_run", begin.dry_run},
                {"idm", binary(begin.idm.view())},
                {"kind", static_cast<int>(begin.kind)},
                {"number", begin.number},
                {"purpose", static_cast<int>(begin.purpose)},
                {"seal", binary(begin.seal.view())}};
}

Result<CardHolder> read_holder(Json& map) {
    Fields fields{map};
    CardHolder holder;
    holder.kind = fields.choice("kind", card::CardKind::patient, card::CardKind::staff);
    holder.number = fields.text("number", 10, 10);
    return fields.done(std::move(holder));
}

}  // namespace

Bytes encode(const CardOrderStep& step) {
    auto answers = Json::array();
    for (const auto& answer : step.answers) answers.push_back(binary(answer));
    Json map{{"answers", std::move(answers)}};
    if (step.order) map["order"] = binary(step.order->view());
    if (step.begin) map["begin"] = to_map(*step.begin);
    return to_bytes(map);
}

Result<CardOrderStep> decode_card_order_step(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::card_order_bytes));
    Fields fields{map};
    CardOrderStep step;
    if (fields.has("order")) step.order = fields.id<OrderId>("order");
    if (fields.has("begin")) step.begin = fields.nested("begin", read_begin);
    if (step.order.has_value() == step.begin.has_value()) fields.fail("either order or begin");
    for (const auto& answer : fields.list("answers", tuning::card_frames)) {
        if (!answer.is_binary() || answer.get_binary().size() > tuning::card_frame_bytes) {
            fields.fail("answers");
            break;
        }
        step.answers.push_back(answer.get_binary());
    }
    return fields.done(std::move(step));
}

Bytes encode(const CardOrderAnswer& answer) {
    Json map{{"frames", binary(answer.frames)},
             {"order", binary(answer.order.view())},
             {"note", answer.note},
             {"outcome", static_cast<int>(answer.outcome)},
             {"step", answer.step},
             {"steps", answer.steps}};
    if (answer.mc_now) map["mc_now"] = binary(answer.mc_now->view());
    if (answer.mc_next) map["mc_next"] = binary(answer.mc_next->view());
    if (answer.whose)
        map["whose"] = Json{{"kind", static_cast<int>(answer.whose->kind)}, {"number", answer.whose->number}};
    return to_bytes(map);
}

Result<CardOrderAnswer> decode_card_order_answer(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::card_order_bytes));
    Fields fields{map};
    CardOrderAnswer answer;
    answer.order = fields.id<OrderId>("order");
    answer.frames = fields.bytes("frames", tuning::card_order_bytes);
    answer.note = fields.text("note", tuning::id_bytes);
    answer.outcome = fields.choice("outcome", CardOutcome::running, CardOutcome::scrap);
    answer.steps = fields.integer("steps", 0, 100);
    answer.step = fields.integer("step", 0, 100);
    if (fields.has("mc_now")) answer.mc_now = fields.id<card::Block>("mc_now");
    if (fields.has("mc_next")) answer.mc_next = fields.id<card::Block>("mc_next");
    if (fields.has("whose")) answer.whose = fields.nested("whose", read_holder);
    return fields.done(std::move(answer));
}

Bytes seal_frames(const model::SealKey& to, const std::vector<base::SecretBytes>& frames) {
    std::size_t size = 0;
    for (const auto& frame : frames) size += frame.size();
    base::SecretBytes all{size};
    std::size_t at = 0;
    for (const auto& frame : frames) {
        std::copy(frame.view().begin(), frame.view().end(), all.data() + at);
        at += frame.size();
    }
    return vault::seal_to(to, all.view());
}

Result<std::vector<base::SecretBytes>> open_frames(const vault::SealingPair& own, ByteView sealed) {
    KAZASHI_TRY(const auto plain, vault::open_with(own, sealed));
    std::vector<base::SecretBytes> frames;
    auto rest = plain.view();
    while (!rest.empty()) {
        const std::size_t length = rest.front();
        if (length < 2 || length > rest.size()) return Error{Fault::malformed, "no frame"};
        if (frames.size() == tuning::card_frames) return Error{Fault::limit, "frames"};
        frames.emplace_back(rest.first(length));
        rest = rest.subspan(length);
    }
    return frames;
}

}  // namespace kazashi::wire
