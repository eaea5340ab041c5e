// Orders about patients: a card, a window, or the glass broken.
#include <utility>

#include "terminal/app/order_runner.h"
#include "terminal/state/tuning.h"

namespace kazashi::app {

void OrderRunner::operator()(state::LookUpCard& order) {
    card_ = order.identity;
    if (order.identity.record.kind == card::CardKind::staff) {
        answer(order.session, During::staff_card, desk_.staff_card(order.identity), [&](desk::StaffChallenge found) {
            return state::StaffCardKnown{order.session, std::move(found)};
        });
    } else {
        answer(order.session, During::tap, desk_.tap(order.identity), [&](desk::TapStart start) {
            return state::PatientCard{order.session, std::move(start)};
        });
    }
    tell_counts();
}

void OrderRunner::operator()(state::Unlock& order) {
    answer(order.session, During::unlock, desk_.unlock(std::move(order.answers)), [&](desk::Unlocked unlocked) {
        return state::Unlocked{order.session, std::move(unlocked.notices), unlocked.record};
    });
    tell_counts();
}

void OrderRunner::operator()(state::NoticesRead& order) {
    settle(desk_.notices_read(order.views));
    tell_counts();
}

void OrderRunner::operator()(state::DraftGrant& order) {
    answer(order.session, During::draft, desk_.draft_grant(), [&](card::Challenge challenge) {
        return state::GrantDrafted{order.session, challenge};
    });
}

void OrderRunner::operator()(state::OpenSummary& order) {
    answer(order.session, During::open, desk_.open(std::move(order.proof)),
           [&](std::unique_ptr<model::Summary> summary) {
               return state::SummaryOpened{order.session, std::move(summary)};
           });
    tell_counts();
}

void OrderRunner::operator()(state::OpenPresented& order) {
    answer(order.session, During::open, desk_.open_presented(), [&](std::unique_ptr<model::Summary> summary) {
        return state::SummaryOpened{order.session, std::move(summary)};
    });
    tell_counts();
}

void OrderRunner::operator()(state::OpenCapsule& order) {
    answer(order.session, During::capsule, desk_.capsule(order.identity, order.pads),
           [&](std::unique_ptr<desk::NamedCapsule> capsule) {
               return state::CapsuleOpened{order.session, std::move(capsule)};
           });
    tell_counts();
}

void OrderRunner::operator()(state::DeclineGrant&) {
    settle(desk_.decline());
    tell_counts();
}

void OrderRunner::operator()(state::ListHistory& order) {
    answer(order.session, During::history, desk_.history(), [&](std::vector<desk::Look> looks) {
        return state::HistoryListed{order.session, std::move(looks)};
    });
    tell_counts();
}

void OrderRunner::operator()(state::DraftWithdrawal& order) {
    answer(order.session, During::withdraw, desk_.draft_withdrawal(order.everybody), [&](card::Challenge challenge) {
        return state::WithdrawalDrafted{order.session, challenge};
    });
}

void OrderRunner::operator()(state::Withdraw& order) {
    answer(order.session, During::withdraw, desk_.withdraw(std::move(order.proof)),
           [&](base::Done) { return state::Withdrawn{order.session}; });
    tell_counts();
}

void OrderRunner::operator()(state::ForgetTap&) {
    card_.reset();
    desk_.forget_tap();
}

void OrderRunner::operator()(state::ReopenWindow& order) {
    answer(0, During::reopen, desk_.reopen(order.grant), [&](std::unique_ptr<model::Summary> summary) {
        return state::SummaryReopened{order.grant, std::move(summary)};
    });
    tell_counts();
}

void OrderRunner::operator()(state::ListWindows&) {
    if (!desk_.signed_in()) return;
    answer(0, During::other, desk_.windows(),
           [](std::vector<desk::LiveWindow> windows) { return state::WindowsListed{std::move(windows)}; });
}

void OrderRunner::operator()(state::ListPlaces&) {
    answer(0, During::search, desk_.places(),
           [](std::vector<std::string> places) { return state::PlacesListed{std::move(places)}; });
    tell_counts();
}

void OrderRunner::operator()(state::FindPeople& order) {
    answer(order.question, During::search, desk_.search(order.query, state::tuning::people_most),
           [&](std::vector<desk::Candidate> found) {
               return state::PeopleFound{order.question, std::move(found)};
           });
    tell_counts();
}

void OrderRunner::operator()(state::BreakGlass& order) {
    std::optional<desk::Desk::SecondStaff> second;
    if (order.second) {
        const auto* colleague = card(order.second->session, During::break_glass);
        if (colleague == nullptr) return;
        second.emplace();
        second->card = *colleague;
        second->answers = std::move(order.second->answers);
        second->pin = std::move(order.second->pin);
    }
    answer(0, During::break_glass, desk_.break_glass(order.patient, order.reason, std::move(second)),
           [](desk::OpenedWindow opened) {
               return state::GlassBroken{opened.grant, std::move(opened.summary)};
           });
    tell_counts();
}

}  // namespace kazashi::app
