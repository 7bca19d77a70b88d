"""Addresses of people and their accounts."""

from django.urls import path

from huiqi.foundation.accounts.pages import account, identities, passkeys, second, sign_in

app_name = "accounts"
urlpatterns = [
    path("", account.own, name="own"),
    path("sign-in/", sign_in.start, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/password/", sign_in.password, name="sign_in_password"),
    path("sign-in/demo/", sign_in.demo, name="demo"),
    path("sign-in/second/", second.second, name="second"),
    path("sign-in/passkey/ask/", passkeys.ask, name="passkey_ask"),
    path("sign-in/passkey/", passkeys.answer, name="passkey"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    # identities of another provider
    path("sign-in/provider/", identities.leave, name="identity_leave"),
    path("sign-in/provider/back/", identities.back, name="identity_back"),
    path("sign-in/provider/first/", identities.first, name="identity_first"),
    path("identities/connect/", identities.connect, name="identity_connect"),
    path("identities/end/", identities.end, name="identity_end"),
    path("signed-out/", identities.signed_out, name="signed_out"),
    path("set-up/", second.set_up, name="set_up"),
    path("passkeys/offer/", passkeys.offer, name="passkey_offer"),
    path("passkeys/add/", passkeys.add, name="passkey_add"),
    path("passkeys/remove/", passkeys.remove, name="passkey_remove"),
    path("recovery-codes/", second.recovery_codes, name="recovery_codes"),
    path("proofs/remove/", second.remove, name="proofs_remove"),
    path("name/", account.name, name="name"),
    path("password/", account.password, name="password"),
    path("phone/", account.phone, name="phone"),
    path("phone/codes/", account.phone_codes, name="phone_codes"),
    path("sessions/end/", account.end_sessions, name="end_sessions"),
    path("role/", account.role, name="role"),
    path("close/", account.close, name="close"),
]
