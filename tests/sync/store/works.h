// Everything a terminal ever writes into its store, one kind of transaction at a time, for tests that cut it off. What
// is done depends on the seed and on what the store holds, on nothing else.
#pragma once

#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "sync/store/store.h"

namespace kazashi::store_tests {

class Works {
public:
    // Called after each call that the store has acknowledged.
    using Did = std::function<void()>;
    Works(store::Store& store, const vault::SigningPair& region, std::uint64_t seed, Did did);

    static const std::vector<std::string>& kinds();
    // One transaction of this kind, after those it needs. The first that fails is the answer.
    base::Status act(const std::string& kind);
    base::Status act_at_random() { return act(kinds()[random_() % kinds().size()]); }

    // Every sealed value that was handed to the store: what is not in its tables any more may be nowhere.
    const std::set<base::Bytes>& sealed() const { return sealed_; }

private:
    using Status = base::Status;
    Status did(const Status& status);
    template <class T>
    Status did(const base::Result<T>& result) {
        return did(result ? base::ok() : Status{result.error()});
    }
    base::Bytes secret();
    store::Store::NewEntry entry(model::LedgerKind kind);
    model::Grant new_grant(std::uint8_t who);
    model::FeedPage page(std::vector<model::FeedBody> bodies);
    store::WindowWrap wrap_for(const model::Grant& grant, std::int64_t version);

    base::Result<model::Grant> a_window();
    base::Result<model::Grant> a_shared_window();
    Status tap(std::uint8_t who);
    Status apply();
    Status apply_closing();
    Status end_windows();
    Status withdraw();
    Status adopt();
    Status put_window_wrap();
    Status put_receipts(model::Verdict first);
    Status put_slot(int number);
    Status remove_slot();
    Status put_id_slot();
    Status prune();
    Status set_policy();
    Status forget();

    store::Store& store_;
    const vault::SigningPair& region_;
    std::mt19937_64 random_;
    Did did_;
    std::set<base::Bytes> sealed_;
};

// All rows of all tables as text, by the file: what two stores that hold the same have in common.
std::string rows_of(const std::filesystem::path& file, const std::string& vfs = {});

}  // namespace kazashi::store_tests
