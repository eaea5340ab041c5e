#include "cardio/protocol/card_survey.h"

#include <algorithm>

#include "cardio/protocol/felica.h"

namespace kazashi::protocol {

namespace {

using base::Error;
using base::Fault;

using BlockList = std::vector<std::uint8_t>;  // of one read, the MAC the last

std::vector<BlockList> reads(Look look) {
    const bool lite = look.chip == card::Chip::lite;
    std::vector<BlockList> lists{{lite_s::d_id}, {lite_s::id, lite_s::ckv}, {lite_s::s_pad0, lite_s::mc}};
    if (!lite) lists[0].push_back(lite_s::wcnt);
    constexpr std::uint8_t first_pad = 1;
    const auto pads = look.pads == WithPads::yes ? Pads{}.size() : 0;
    for (std::uint8_t pad = first_pad; pad <= pads; pad = static_cast<std::uint8_t>(pad + 2)) {
        lists.push_back({pad});
        if (pad + 1U <= pads) lists.back().push_back(static_cast<std::uint8_t>(pad + 1));
    }
    for (auto& list : lists) list.push_back(lite ? lite_s::mac : lite_s::mac_a);
    return lists;
}

struct Answered {
    BlockList list;
    std::vector<card::Block> blocks;

    bool made_with(const SessionKey& key) const {
        base::Bytes data;
        for (std::size_t i = 0; i + 1 < blocks.size(); ++i) base::append(data, blocks[i].view());
        const auto mac = list.back() == lite_s::mac ? key.mac(data) : key.mac_a_read(list, data);
        return base::equal_secret(mac.view(), blocks.back().view().first(Mac::size));
    }
};

base::Result<std::vector<Answered>> take(std::span<const base::Bytes> answers, const card::Idm& idm, Look look) {
    const auto lists = reads(look);
    if (answers.size() != lists.size() + 1) return Error{Fault::card_left, "fewer answers than frames"};
    KAZASHI_CHECK(parse_write(answers.front(), idm));
    std::vector<Answered> taken;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        KAZASHI_TRY(auto blocks, parse_read(answers[i + 1], idm, lists[i].size()));
        taken.push_back({lists[i], std::move(blocks)});
    }
    return taken;
}

bool all_made_with(const std::vector<Answered>& answers, const CardKey& ck, const card::Challenge& rc) {
    const SessionKey key{ck, rc};
    return std::all_of(answers.begin(), answers.end(), [&key](const auto& one) { return one.made_with(key); });
}

KeyFound key_of(const std::vector<Answered>& answers, const CardKey& ours, const card::Challenge& rc) {
    if (all_made_with(answers, ours, rc)) return KeyFound::ours;
    return all_made_with(answers, CardKey{}, rc) ? KeyFound::factory : KeyFound::other;
}

bool begins_with(const card::Block& block, const card::Idm& idm) {
    return base::equal(block.view().first(card::Idm::size), idm.view());
}

std::uint32_t little(const card::Block& block, std::size_t octets) {
    std::uint32_t value = 0;
    for (std::size_t i = octets; i > 0; --i) value = value << 8U | block.bytes[i - 1];
    return value;
}

Pmm pmm_of(const card::Block& d_id) {
    Pmm pmm;
    std::copy(d_id.bytes.begin() + card::Idm::size, d_id.bytes.end(), pmm.bytes.begin());
    return pmm;
}

Pads pads_of(const std::vector<Answered>& answers) {
    Pads pads;
    for (const auto& answer : answers)
        for (std::size_t i = 0; i + 1 < answer.list.size(); ++i) {
            const auto number = answer.list[i];
            if (number >= 1 && number <= pads.size()) pads.at(number - 1U) = answer.blocks[i];
        }
    return pads;
}

}  // namespace

std::vector<base::Bytes> survey_frames(const card::Idm& idm, const card::Challenge& rc, Look look) {
    std::vector<base::Bytes> frames{challenge_frame(idm, rc)};
    for (const auto& list : reads(look)) frames.push_back(read_frame(idm, service_read_only, list));
    return frames;
}

base::Result<CardSurvey> parse_survey(std::span<const base::Bytes> answers, const card::Idm& idm,
                                      const card::Challenge& rc, const CardKey& ours, Look look) {
    KAZASHI_TRY(const auto taken, take(answers, idm, look));
    CardSurvey survey;
    survey.chip = look.chip;
    survey.key = key_of(taken, ours, rc);
    survey.d_id = taken[0].blocks[0];
    if (look.chip == card::Chip::lite_s) survey.wcnt = little(taken[0].blocks[1], 3);
    survey.id = taken[1].blocks[0];
    survey.ckv = static_cast<std::uint16_t>(little(taken[1].blocks[1], 2));
    survey.s_pad0 = taken[2].blocks[0];
    survey.mc = taken[2].blocks[1];
    if (look.pads == WithPads::yes) survey.pads = pads_of(taken);
    if (!begins_with(survey.d_id, idm) || !begins_with(survey.id, idm))
        return Error{Fault::malformed, "the card's own blocks name another IDm"};
    // As a terminal will take it when it asks for a proof: by its IC code.
    if (chip_of(pmm_of(survey.d_id)) != look.chip) return Error{Fault::card_refused, "the other chip"};
    return survey;
}

}  // namespace kazashi::protocol
