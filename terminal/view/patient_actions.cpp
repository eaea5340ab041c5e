#include "terminal/view/patient_actions.h"

#include "terminal/view/bilingual.h"
#include "terminal/view/controls.h"

namespace kazashi::view {

Box patient_actions(const Page& page) {
    constexpr float width = 232;
    const bool capsule = may_see_capsule(page.state);
    const bool history = may_see_history(page.state), withdraw = may_withdraw(page.state);
    const BottomRow row = bottom_row(page, (capsule ? 1U : 0U) + (history ? 1U : 0U) + (withdraw ? 1U : 0U), width);
    if (capsule && button_both(page, "capsule.show", row.actions.front(), both(page, "capsule.show"), Look::plain))
        page.want(state::ShowCapsule{});
    if (history &&
        button_both(page, "summary.history", row.actions[capsule ? 1 : 0], both(page, "summary.history"), Look::plain))
        page.want(state::ShowHistory{});
    if (withdraw &&
        button_both(page, "summary.withdraw", row.actions.back(), both(page, "summary.withdraw"), Look::plain))
        page.want(state::StartWithdrawal{});
    return row.middle;
}

}  // namespace kazashi::view
