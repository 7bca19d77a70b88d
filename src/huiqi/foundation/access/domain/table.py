"""The table of rights, to be read aloud: role, verb, relation to what it is done to and, where it matters,
the states in which it may be done. What is not written here is refused.
"""

TABLE = """
everyone          portal.see                 public
everyone          look.switch_modes          public
everyone          library.see                public
everyone          library.report_mistake     public
everyone          matching.ask               public
everyone          calculator.work_out        public

signed_in         notices.read               own
signed_in         notices.mark_read          own
signed_in         notices.choose             own

everyone          accounts.sign_in           public
signed_in         accounts.sign_out          own
signed_in         accounts.switch_role       own
signed_in         accounts.keep_own          own

department_head   cases.see_desk             organisation
department_head   cases.see                  organisation
department_head   cases.advance              organisation
department_head   cases.pause                organisation
department_head   cases.resume               organisation
department_head   cases.transfer             organisation
department_head   cases.note                 organisation
officer           cases.see_desk             organisation
officer           cases.see                  organisation
officer           cases.advance              organisation
officer           cases.pause                organisation
officer           cases.resume               organisation
officer           cases.transfer             organisation
officer           cases.note                 organisation
window_clerk      cases.see_desk             organisation
window_clerk      cases.see                  organisation
window_clerk      cases.advance              organisation
window_clerk      cases.pause                organisation
window_clerk      cases.resume               organisation
window_clerk      cases.transfer             organisation
window_clerk      cases.note                 organisation
task_force        cases.see_desk             organisation
task_force        cases.see                  organisation
task_force        cases.advance              organisation
task_force        cases.pause                organisation
task_force        cases.resume               organisation
task_force        cases.transfer             organisation
task_force        cases.note                 organisation
support           cases.see_desk             organisation
support           cases.see                  organisation
support           cases.advance              organisation
support           cases.pause                organisation
support           cases.resume               organisation
support           cases.transfer             organisation
support           cases.note                 organisation
department_head   cases.see_desk             below
department_head   cases.see                  below
department_head   cases.note                 below
task_force        cases.see_desk             below
task_force        cases.see                  below
task_force        cases.note                 below
department_head   cases.hand_over            organisation
task_force        cases.hand_over            organisation
support           cases.hand_over            organisation
person            cases.see                  own
person            cases.see_own              own
person            cases.advance              own
person            cases.note                 own
owner             cases.see                  own
owner             cases.see_own              own
owner             cases.advance              own
owner             cases.note                 own
handler           cases.see                  own
handler           cases.see_own              own
handler           cases.advance              own
handler           cases.note                 own
auditor           cases.see                  all
everyone          cases.follow               public
"""
