"""Jobs that survive a kill: written with what makes them necessary, done after the commit, once, and visible
until they are. 网络安全法第二十一条 (保障网络免受干扰、中断), 政务服务“不丢件”的要求 (*ours*).
"""
