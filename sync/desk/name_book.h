// Names of the people with a live window, read once per sign-in. Wiped when it goes.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "cardio/base/secret.h"
#include "sync/model/ids.h"
#include "sync/model/summary.h"

namespace kazashi::desk {

class NameBook {
public:
    struct Name {
        std::string kanji;
        std::string kana;
        model::RecordDate born{};
    };

    NameBook() = default;
    NameBook(NameBook&& other) noexcept : names_{std::exchange(other.names_, {})} {}
    NameBook& operator=(NameBook&&) = delete;
    ~NameBook() {
        for (auto& [grant, name] : names_) wipe(name);
    }

    const Name* find(const model::GrantId& grant) const {
        const auto found = names_.find(grant);
        return found == names_.end() ? nullptr : &found->second;
    }
    const Name& put(const model::GrantId& grant, Name name) {
        forget(grant);
        return names_.emplace(grant, std::move(name)).first->second;
    }
    void forget(const model::GrantId& grant) {
        const auto found = names_.find(grant);
        if (found == names_.end()) return;
        wipe(found->second);
        names_.erase(found);
    }

private:
    static void wipe(Name& name) {
        base::wipe(name.kanji.data(), name.kanji.size());
        base::wipe(name.kana.data(), name.kana.size());
        base::wipe(name.born.text.data(), name.born.text.size());
    }
    std::map<model::GrantId, Name> names_;
};

}  // namespace kazashi::desk
