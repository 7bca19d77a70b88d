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

everyone          documents.verify           public
person            documents.see              own
person            documents.upload           own
person            documents.download         own
person            documents.remove           own
owner             documents.see              organisation
owner             documents.upload           organisation
owner             documents.download         organisation
owner             documents.remove           organisation
handler           documents.see              organisation
handler           documents.upload           organisation
handler           documents.download         organisation
officer           documents.see              organisation
officer           documents.upload           organisation
officer           documents.download         organisation
officer           documents.download         assigned
window_clerk      documents.see              organisation
window_clerk      documents.upload           organisation
window_clerk      documents.download         organisation
window_clerk      documents.download         assigned
department_head   documents.see              organisation
department_head   documents.download         organisation
bank_clerk        documents.see              organisation
bank_clerk        documents.upload           organisation
bank_clerk        documents.download         organisation
bank_clerk        documents.download         assigned
bank_manager      documents.see              organisation
bank_manager      documents.download         organisation
"""
