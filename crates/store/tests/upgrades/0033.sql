insert into operators (name, role, password, totp_secret, totp_step, failures, held_until, created_at, updated_at) values
    ('ada', 2, '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA', {hex 0100000001}, 9223372036854775807, 0, null, 0, 0),
    ('Grace.Hopper-1', 1, '', {hex 00}, 0, 5, 253402300799999999, 1, 2);
insert into operator_sessions (hash, operator, created_at, used_at) values
    ({hex c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1}, 'ada', 0, 1);
insert into operator_audit (at, operator, action, subject, address) values
    (0, null, 'login.refuse', '', '::1'),
    (1, 'ada', 'operators.add', 'ada', null);
