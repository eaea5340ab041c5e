#include "cardio/reader/presence.h"

#include <algorithm>

namespace kazashi::reader {

std::vector<MonitorEvent> Presence::look(const std::vector<ReaderWatch>& readers, base::SteadyTime at) {
    std::vector<MonitorEvent> events;
    std::erase_if(laid_, [&](const auto& entry) {
        const bool still = std::any_of(readers.begin(), readers.end(), [&entry](const ReaderWatch& reader) {
            return reader.name == entry.first && reader.present() && reader.count() == entry.second.count;
        });
        if (!still) events.emplace_back(CardDeparted{entry.second.session});
        return !still;
    });
    for (const auto& reader : readers) {
        if (!reader.present() || laid_.contains(reader.name)) continue;
        laid_[reader.name] = {reader.count(), ++last_session_};
        events.emplace_back(CardArrived{last_session_, reader.name, at});
    }
    return events;
}

}  // namespace kazashi::reader
