#include "sync/server/router.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <utility>

#include "cardio/base/log.h"
#include "sync/server/capsule_office.h"
#include "sync/server/enrolment_desk.h"
#include "sync/server/name_index.h"
#include "sync/server/terminal_office.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

constexpr std::string_view source_name = "source";

enum class Caller { anybody, terminal, source };
enum class Route { feed, time, ledger, enrol, rekey, card, fhir, metadata };

struct RouteRow {
    Route route;
    std::string_view method;
    std::string_view path;
    Caller caller;
    std::size_t body_bytes;
};
constexpr std::array routes{
    RouteRow{Route::feed, "GET", "/v1/feed", Caller::terminal, 0},
    RouteRow{Route::time, "GET", "/v1/time", Caller::terminal, 0},
    RouteRow{Route::ledger, "POST", "/v1/ledger", Caller::terminal, tuning::push_bytes},
    RouteRow{Route::enrol, "POST", "/v1/enrol", Caller::anybody, tuning::enrol_bytes},
    RouteRow{Route::rekey, "POST", "/v1/rekey", Caller::terminal, tuning::enrol_bytes},
    RouteRow{Route::card, "POST", "/v1/card", Caller::terminal, wire::tuning::card_order_bytes},
    RouteRow{Route::fhir, "POST", "/fhir", Caller::source, tuning::fhir_bytes},
    RouteRow{Route::metadata, "GET", "/fhir/metadata", Caller::anybody, 0},
};

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

bool is_fhir(std::string_view target) { return path_of(target).starts_with("/fhir"); }

// One value of a query; ours are numbers and hexadecimal, so nothing is escaped.
std::string_view query_value(std::string_view target, std::string_view name) {
    const auto mark = target.find('?');
    auto query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
            return pair.substr(name.size() + 1);
        }
    }
    return {};
}

HttpAnswer refusal(const HttpRequest& request, int status, const char* code, const char* what) {
    if (is_fhir(request.target)) return fhir_refusal(status, code, what);
    return {status, "text/plain; charset=utf-8", std::string{what} + "\n"};
}

int status_of(base::Fault fault) {
    switch (fault) {
        case base::Fault::malformed:
            return 400;
        case base::Fault::limit:
            return 413;
        case base::Fault::denied:
        case base::Fault::bad_signature:
            return 403;
        case base::Fault::not_found:
            return 404;
        case base::Fault::out_of_order:
            return 409;
        case base::Fault::timeout:
            return 503;
        default:
            return 500;
    }
}

HttpAnswer cbor(const Result<Bytes>& result) {
    if (result) return {200, "application/cbor", std::string{base::as_text(*result)}};
    const int status = status_of(result.fault());
    if (status >= 500) {
        base::log(base::LogLevel::error, "region", result.error().detail);
        return {status, "text/plain; charset=utf-8", "the region cannot answer now\n"};
    }
    return {status, "text/plain; charset=utf-8", result.error().detail + "\n"};
}

const RouteRow* route_of(const HttpRequest& request) {
    const auto path = path_of(request.target);
    const auto found = std::find_if(routes.begin(), routes.end(), [&](const RouteRow& row) {
        return row.path == path && row.method == request.method;
    });
    return found == routes.end() ? nullptr : &*found;
}

bool path_known(std::string_view path) {
    return std::any_of(routes.begin(), routes.end(), [&](const RouteRow& row) { return row.path == path; });
}

}  // namespace

Router::Router(Region& region, const base::Clock& clock)
    : region_{region},
      clock_{clock},
      packer_{region.keys},
      ledger_desk_{region.keys, packer_},
      card_desk_{region, packer_,
                 [&region](Records& records, const CardRecord& card, model::UtcTime now) {
                     return capsule_pads(records, region.keys, card, now);
                 }},
      import_desk_{region.profile, packer_},
      fhir_{region, clock_, import_desk_} {}

std::variant<std::size_t, HttpAnswer> Router::admit(const HttpRequest& head) const {
    const auto* row = route_of(head);
    if (row == nullptr) {
        if (path_known(path_of(head.target))) return refusal(head, 405, "not-supported", "not by this method");
        return refusal(head, 404, "not-found", "nothing here");
    }
    if (row->caller == Caller::anybody) return row->body_bytes;
    if (!head.peer) return refusal(head, 401, "login", "a client certificate is needed here");
    const bool is_source = head.peer->name == source_name;
    if (is_source != (row->caller == Caller::source)) {
        return refusal(head, 403, "forbidden", "not with this certificate");
    }
    return row->body_bytes;
}

HttpAnswer Router::answer(const HttpRequest& request) {
    auto admitted = admit(request);
    if (auto* refused = std::get_if<HttpAnswer>(&admitted)) return std::move(*refused);
    if (request.body.size() > std::get<std::size_t>(admitted)) return too_long(request);
    try {
        return dispatch(request);
    } catch (const std::exception&) {
        // Out of memory, or a library that broke its word: one request fails, the server does not.
        base::log(base::LogLevel::error, "region", "a request ended in an exception");
        return refusal(request, 500, "exception", "the region cannot answer now");
    }
}

HttpAnswer Router::too_long(const HttpRequest& head) const {
    return refusal(head, 413, "too-long", "the body is longer than this server takes");
}

HttpAnswer Router::dispatch(const HttpRequest& request) {
    const auto* row = route_of(request);
    switch (row->route) {
        case Route::feed:
            return cbor(feed(request));
        case Route::time:
            return cbor(time(request));
        case Route::ledger:
            return cbor(ledger(request));
        case Route::enrol:
            return cbor(enrolment(request));
        case Route::rekey:
            return cbor(new_keys(request));
        case Route::card:
            return cbor(card(request));
        case Route::fhir:
            return fhir_.post_bundle(request);
        case Route::metadata:
            return fhir_.metadata();
    }
    return refusal(request, 404, "not-found", "nothing here");
}

Result<TerminalRecord> Router::terminal_of(Records& records, const HttpRequest& request, Door door) const {
    KAZASHI_TRY(auto terminal, records.terminal(model::TerminalId{request.peer->name}));
    const auto& peer = request.peer->certificate;
    const bool known = terminal && (terminal->certificate == peer ||
                                    (door == Door::rekey && terminal->old_certificate == std::optional{peer}));
    if (!known || terminal->lost_at) return base::Error{base::Fault::denied, "no terminal with this certificate"};
    if (terminal->ended_at && door != Door::ledger) {
        return base::Error{base::Fault::denied, "this terminal has ended"};
    }
    return std::move(*terminal);
}

Result<SignedPage> Router::feed_page(const HttpRequest& request, model::Cursor after, bool& names_are_due) {
    SignedPage page;
    KAZASHI_CHECK(region_.repository->read([&](Records& records) -> Status {
        KAZASHI_TRY(const auto terminal, terminal_of(records, request));
        KAZASHI_TRY(const auto policy, records.policy());
        const auto listener = listener_of(terminal, policy);
        KAZASHI_TRY(page, signed_page(records, {listener, after, clock_.now()}, region_.keys.signing));
        if (listener.emergency && page.last) {
            KAZASHI_TRY(names_are_due, names_wait(records));
        }
        return base::ok();
    }));
    return page;
}

Result<Bytes> Router::feed(const HttpRequest& request) {
    const auto text = query_value(request.target, "after");
    std::int64_t after = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || after < 0) {
        return base::Error{base::Fault::malformed, "after: a cursor is a number from 0 on"};
    }
    bool names_are_due = false;
    KAZASHI_TRY(auto page, feed_page(request, model::Cursor{after}, names_are_due));
    if (!names_are_due) return std::move(page.bytes);
    KAZASHI_CHECK(region_.repository->write([&](Records& records) { return seal_names(records, region_.keys); }));
    KAZASHI_TRY(auto with_names, feed_page(request, model::Cursor{after}, names_are_due));
    return std::move(with_names.bytes);
}

Result<Bytes> Router::time(const HttpRequest& request) {
    auto nonce = base::from_hex(query_value(request.target, "nonce"));
    if (!nonce || nonce->size() < wire::tuning::least_nonce_bytes || nonce->size() > wire::tuning::most_nonce_bytes) {
        return base::Error{base::Fault::malformed, "nonce: 16 to 32 bytes in hexadecimal"};
    }
    KAZASHI_CHECK(region_.repository->read([&](Records& records) -> Status {
        KAZASHI_TRY([[maybe_unused]] const auto terminal, terminal_of(records, request));
        return base::ok();
    }));
    return wire::encode_signed(wire::SignedTime{std::move(*nonce), clock_.now()}, region_.keys.signing);
}

Result<Bytes> Router::ledger(const HttpRequest& request) {
    KAZASHI_TRY(const auto push, wire::decode_push(base::as_bytes(request.body)));
    Bytes answer;
    KAZASHI_CHECK(region_.repository->write([&](Records& records) -> Status {
        KAZASHI_TRY(const auto terminal, terminal_of(records, request, Door::ledger));
        KAZASHI_TRY(const auto taken, ledger_desk_.push(records, terminal, push, clock_.now()));
        answer = wire::encode(taken);
        return base::ok();
    }));
    return answer;
}

Result<Bytes> Router::enrolment(const HttpRequest& request) {
    KAZASHI_TRY(const auto wanted, wire::decode_enrol_request(base::as_bytes(request.body)));
    const base::SystemClock machine;
    Bytes answer;
    KAZASHI_CHECK(region_.repository->write([&](Records& records) -> Status {
        KAZASHI_TRY(const auto enrolled, enrol(records, region_, wanted, {clock_.now(), machine.wall()}));
        answer = wire::encode(enrolled);
        return base::ok();
    }));
    return answer;
}

Result<Bytes> Router::new_keys(const HttpRequest& request) {
    const base::SystemClock machine;
    Bytes answer;
    KAZASHI_CHECK(region_.repository->write([&](Records& records) -> Status {
        KAZASHI_TRY(auto terminal, terminal_of(records, request, Door::rekey));
        const RekeyCall call{std::move(terminal), request.peer->certificate, base::as_bytes(request.body)};
        KAZASHI_TRY(const auto rekeyed, rekey(records, region_, call, {clock_.now(), machine.wall()}));
        answer = wire::encode(rekeyed);
        return base::ok();
    }));
    return answer;
}

Result<Bytes> Router::card(const HttpRequest& request) {
    KAZASHI_TRY(const auto step, wire::decode_card_order_step(base::as_bytes(request.body)));
    Bytes answer;
    KAZASHI_CHECK(region_.repository->write([&](Records& records) -> Status {
        KAZASHI_TRY(const auto terminal, terminal_of(records, request));
        KAZASHI_TRY(auto turn, card_desk_.step(records, terminal, step, clock_.now()));
        // An older program takes no answer with a field it does not know; one that knows it says so.
        if (query_value(request.target, "whose").empty()) turn.whose.reset();
        answer = wire::encode(turn);
        return base::ok();
    }));
    return answer;
}

}  // namespace kazashi::server
