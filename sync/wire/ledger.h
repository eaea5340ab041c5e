// Ledger entries and receipts as bytes; hash, signature and chain (design §7).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sync/vault/seal.h"
#include "sync/wire/cbor.h"

namespace kazashi::wire {

// Body of an entry before it is sealed to the region. Empty fields are left out.
struct LedgerBody {
    model::StaffId staff;
    std::optional<model::PatientRef> patient;
    model::StaffId second_staff;        // kind break_glass, admitted: the colleague who agreed
    model::StaffId other_staff;         // kind slot_added, slot_removed, admitted: about whom
    std::optional<model::Grant> grant;  // kind grant, break_glass
    std::optional<model::Withdrawal> withdrawal;
    Bytes proof;                   // kind grant, withdrawal: the card's 8-byte answer to vault::challenge_of(it)
    std::optional<card::Idm> idm;  // kind grant, card_refused: whose card; only the region can read it
    std::optional<model::GrantId> grant_id;  // kind view, window_ended, declined, notice_shown
    model::SectionSet sections;              // kind view
    std::string number;  // kind card_lost, card_issued: the regional id somebody typed
    std::string note;    // a key such as "wrong_pin", "lock_not_opened"; kind break_glass: the reason
    bool operator==(const LedgerBody&) const = default;
};
Bytes encode(const LedgerBody& body);
Result<LedgerBody> decode_ledger_body(ByteView bytes);

Bytes encode(const model::LedgerEntry& entry);
Result<model::LedgerEntry> decode_ledger_entry(ByteView bytes);

model::Hash hash_of(const model::LedgerEntry& entry);  // over everything but the signature, label "kazashi/ledger/1"
void sign_entry(model::LedgerEntry& entry, const vault::SigningPair& terminal);
bool entry_signed_by(const model::LedgerEntry& entry, const model::VerifyKey& terminal);

// The first entry that does not follow `before` (nullopt: from the beginning): out_of_order or bad_signature, with its
// sequence number in the detail.
struct ChainHead {
    model::LedgerSeq seq;
    model::Hash hash;
    bool operator==(const ChainHead&) const = default;
};
base::Status verify_chain(std::optional<ChainHead> before, std::span<const model::LedgerEntry> entries,
                          const model::VerifyKey& terminal);

void sign_receipt(model::Receipt& receipt, const vault::SigningPair& region);  // label "kazashi/receipt/1"
bool receipt_signed_by(const model::Receipt& receipt, const model::VerifyKey& region);
Bytes encode(const model::Receipt& receipt);
Result<model::Receipt> decode_receipt(ByteView bytes);

// POST /v1/ledger: request and answer.
struct Push {
    std::vector<model::LedgerEntry> entries;
};
struct PushAnswer {
    std::vector<model::Receipt> receipts;  // one per entry the region has, in order
    std::string problem;                   // "", "gap", "fork", "bad_signature"
    model::LedgerSeq expected;             // with a problem: the next sequence number the region would take
};
Bytes encode(const Push& push);
Result<Push> decode_push(ByteView bytes);
Bytes encode(const PushAnswer& answer);
Result<PushAnswer> decode_push_answer(ByteView bytes);

// POST /v1/enrol: a one-time code against an identity.
struct EnrolRequest {
    std::string code;
    std::string csr_pem;
    model::VerifyKey verify;
    model::SealKey seal;
};
struct EnrolAnswer {
    model::TerminalId terminal;
    model::Facility facility;
    std::uint16_t region{};
    std::string certificate_pem;
    Bytes index_key;
    model::VerifyKey region_verify;
    model::SealKey region_seal;
    model::Policy policy;
    std::vector<model::CapsuleKeyWrap> capsule_keys;  // every epoch there is; none: this type may not read capsules
    std::optional<model::Glossary> glossary;          // with such keys: capsules are read in words before any feed
    bool demo{};
};
Bytes encode(const EnrolRequest& request);
Result<EnrolRequest> decode_enrol_request(ByteView bytes);
Bytes encode(const EnrolAnswer& answer);
Result<EnrolAnswer> decode_enrol_answer(ByteView bytes);

// POST /v1/rekey: a terminal's new keys, signed by its old one, label "kazashi/rekey/1". The ledger up to `head` is the
// region's already: the old key signs nothing after it, the new key everything.
struct RekeyRequest {
    model::TerminalId terminal;
    model::LedgerSeq head;
    std::string csr_pem;
    model::VerifyKey verify;
    model::SealKey seal;  // the facility key as it is: the region refuses another
    bool operator==(const RekeyRequest&) const = default;
};
Bytes encode_signed(const RekeyRequest& request, const vault::SigningPair& old_key);
// bad_signature before anything but the length is looked at.
Result<RekeyRequest> decode_signed_rekey(ByteView bytes, const model::VerifyKey& old_key);
struct RekeyAnswer {
    std::string certificate_pem;
};
Bytes encode(const RekeyAnswer& answer);
Result<RekeyAnswer> decode_rekey_answer(ByteView bytes);

}  // namespace kazashi::wire
