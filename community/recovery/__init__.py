"""Coming back in when the password is gone: with staff face to face, by e-mail, or by being called back.

A *way in* is a link that works once, for half an hour; a *request* is what somebody who can't get in leaves on the
sign-in page; members may *vouch* for each other. Whoever is helped back in by staff finds her private side shut for a
day, and every device and address of hers can stop it: "It wasn't me".
"""
