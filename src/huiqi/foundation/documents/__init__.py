"""Files people hand in, checked and scanned before anybody may fetch them, and PDFs issued with a number
and a check code. 网络安全法第二十二条、第四十七条, 个人信息保护法第五十一条, 电子签名法第五条（原件形式）.
"""
