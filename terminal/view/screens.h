// One function per screen (state.h), each in the file of its name. `body` lies between the bars.
#pragma once

#include "terminal/view/page.h"

namespace kazashi::view {

void draw_idle(const Page& page, Box body);
void draw_sign_in(const Page& page, Box body);
void draw_home(const Page& page, Box body);
void draw_consent(const Page& page, Box body);
void draw_summary(const Page& page, Box body);
void draw_capsule(const Page& page, Box body);
void draw_windows(const Page& page, Box body);
void draw_notice(const Page& page, Box body);
void draw_fault(const Page& page, Box body);
void draw_locked(const Page& page, Box body);
void draw_told(const Page& page, Box body);
void draw_history(const Page& page, Box body);
void draw_withdraw(const Page& page, Box body);
void draw_staff_menu(const Page& page, Box body);
void draw_colleagues(const Page& page, Box body);
void draw_id_card(const Page& page, Box body);
void draw_lay_card(const Page& page, Box body);
void draw_confirm_removal(const Page& page, Box body);
void draw_search(const Page& page, Box body);
void draw_reason(const Page& page, Box body);
void draw_doctor(const Page& page, Box body);
void draw_issuing(const Page& page, Box body);
void draw_lost_card(const Page& page, Box body);

}  // namespace kazashi::view
