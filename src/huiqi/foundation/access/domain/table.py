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
"""
