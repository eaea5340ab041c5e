// What the region signs: signature ‖ CBOR. The signature stands outside the CBOR, so that no parser meets a byte that
// was not signed.
#include <optional>

#include "sync/vault/seal.h"
#include "sync/wire/cbor.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

namespace {

constexpr std::string_view page_label = "kazashi/page/1";
constexpr std::string_view time_label = "kazashi/time/1";
constexpr auto most = std::numeric_limits<std::int64_t>::max();

Bytes sign_map(const Json& map, std::string_view label, const vault::SigningPair& key) {
    Bytes bytes(model::Signature::size);
    Json::to_cbor(map, bytes);
    const auto signature = vault::sign(key, label, ByteView{bytes}.subspan(model::Signature::size));
    std::copy(signature.bytes.begin(), signature.bytes.end(), bytes.begin());
    return bytes;
}

Result<Json> read_signed(ByteView bytes, std::size_t most_bytes, std::string_view label, const model::VerifyKey& key) {
    if (bytes.size() > most_bytes) return Error{Fault::limit, "message too long"};
    if (bytes.size() <= model::Signature::size) return Error{Fault::malformed, "shorter than its signature"};
    model::Signature signature;
    std::copy_n(bytes.begin(), model::Signature::size, signature.bytes.begin());
    const auto message = bytes.subspan(model::Signature::size);
    if (!vault::verify(key, label, message, signature)) return Error{Fault::bad_signature, "not signed by the region"};
    return parse(message, most_bytes);
}

// [seq, body]; an entry of an unknown kind is nullopt.
Result<std::optional<model::FeedEntry>> read_entry(Json& entry) {
    if (!entry.is_array() || entry.size() != 2 || !entry[0].is_number_unsigned() || !entry[1].is_binary()) {
        return Error{Fault::malformed, "entry"};
    }
    auto body = decode_body(entry[1].get_binary());
    if (body) return std::optional{model::FeedEntry{entry[0].get<std::int64_t>(), std::move(*body)}};
    if (body.fault() == Fault::unsupported) return std::optional<model::FeedEntry>{};
    return body.error();
}

}  // namespace

Bytes encode_signed(const model::FeedPage& page, const std::vector<EncodedEntry>& entries,
                    const vault::SigningPair& region) {
    auto list = Json::array();
    for (const auto& entry : entries) list.push_back(Json::array({entry.seq, binary(entry.body)}));
    return sign_map(Json{{"after", page.after.seq},
                         {"entries", std::move(list)},
                         {"head", page.head.seq},
                         {"made_at", milliseconds(page.made_at)},
                         {"next", page.next.seq},
                         {"packages_total", page.packages_total},
                         {"terminal", page.terminal.str()}},
                    page_label, region);
}

Bytes encode_signed(const model::FeedPage& page, const vault::SigningPair& region) {
    std::vector<EncodedEntry> entries;
    entries.reserve(page.entries.size());
    for (const auto& entry : page.entries) entries.push_back({entry.seq, encode_body(entry.body)});
    return encode_signed(page, entries, region);
}

Result<model::FeedPage> decode_signed_page(ByteView bytes, const model::VerifyKey& region) {
    KAZASHI_TRY(auto map, read_signed(bytes, tuning::page_bytes, page_label, region));
    Fields fields{map};
    model::FeedPage page;
    page.terminal = fields.word<model::TerminalId>("terminal");
    page.after = {fields.integer("after", 0, most)};
    page.next = {fields.integer("next", 0, most)};
    page.head = {fields.integer("head", 0, most)};
    page.packages_total = fields.integer("packages_total", 0, most);
    page.made_at = fields.time("made_at");
    auto entries = fields.list("entries", tuning::page_entries);
    page.entries.reserve(entries.size());
    for (auto& raw : entries) {
        KAZASHI_TRY(auto entry, read_entry(raw));
        if (entry)
            page.entries.push_back(std::move(*entry));
        else
            ++page.skipped;
    }
    return fields.done(std::move(page));
}

Bytes encode_signed(const SignedTime& time, const vault::SigningPair& region) {
    return sign_map(Json{{"at", milliseconds(time.at)}, {"nonce", binary(time.nonce)}}, time_label, region);
}

Result<SignedTime> decode_signed_time(ByteView bytes, const model::VerifyKey& region) {
    KAZASHI_TRY(auto map, read_signed(bytes, tuning::small_bytes, time_label, region));
    Fields fields{map};
    SignedTime time;
    time.nonce = fields.bytes("nonce", tuning::most_nonce_bytes, tuning::least_nonce_bytes);
    time.at = fields.time("at");
    return fields.done(std::move(time));
}

}  // namespace kazashi::wire
