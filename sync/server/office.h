// What the region's people do by command (kazashi-region): each verb is one transaction, and says what it did.
#pragma once

#include <filesystem>
#include <ostream>

#include "sync/server/reports.h"
#include "sync/server/withdrawal_desk.h"

namespace kazashi::server {

class Office {
public:
    Office(const Region& region, model::UtcTime now, ReportForm form, std::ostream& out)
        : region_{region}, now_{now}, form_{form}, out_{out} {}

    Status withdraw(const std::string& number, const std::string& facility);  // facility empty: everybody's
    Status exclude(const ExclusionWish& wish);
    Status link_holder(const std::filesystem::path& certificate, const std::string& number, bool undo);
    Status link_old_cards(const std::string& number, bool undo);  // number empty: everybody's
    Status show_policy();
    Status set_policy(const std::filesystem::path& file);
    Status review(bool all);
    // malformed: not an id the list shows; not_found: no such view, or reviewed before.
    Status review_done(const std::string& id, const std::string& by);
    Status who_looked(const std::string& number);
    Status terminals();
    Status staff();
    Status code_names();
    Status remove_staff(const std::string& id);
    Status lost_terminal(const std::string& id);
    Status new_emergency_epoch();
    Status emergency_epoch();

private:
    Status write(const Work& work) { return region_.repository->write(work); }
    Status print(const std::function<Result<std::string>(Records&)>& report);

    const Region& region_;
    const model::UtcTime now_;
    const ReportForm form_;
    std::ostream& out_;
};

}  // namespace kazashi::server
