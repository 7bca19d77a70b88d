"""授权: who lets whom see which data of theirs, for what, until when, and how it ends.
个人信息保护法第十三条至第十五条、第二十三条; 征信业管理条例第十八条.
"""
