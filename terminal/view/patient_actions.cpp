#include "terminal/view/patient_actions.h"

#include "terminal/view/bilingual.h"
#include "terminal/view/controls.h"

namespace kazashi::view {

Box patient_actions(const Page& page) {
    constexpr float width = 232;
    const bool history = may_see_history(page.state), withdraw = may_withdraw(page.state);
    const BottomRow row = bottom_row(page, (history ? 1U : 0U) + (withdraw ? 1U : 0U), width);
    if (history &&
        button_both(page, "summary.history", row.actions.front(), both(page, "summary.history"), Look::plain))
        page.want(state::ShowHistory{});
    if (withdraw &&
        button_both(page, "summary.withdraw", row.actions.back(), both(page, "summary.withdraw"), Look::plain))
        page.want(state::StartWithdrawal{});
    return row.middle;
}

}  // namespace kazashi::view
