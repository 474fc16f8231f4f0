update epoch set number = 3;
update jobs set epoch = 2 where guid = 'JOB-44444444-0000-4000-8000-000000000001';
update webhook_messages set epoch = 3;
update clients set endpoints_made = 5;
update institutions set is_uploaded = true where guid = 'INS-77777777-0000-4000-8000-000000000002';
