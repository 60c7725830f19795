import { describeRule } from '../describe-rule.js'

describeRule('bucket-listing', {
  bad: [
    {
      sql: 'select 1;\n⟦create policy "Public access" on storage.objects for select using ((bucket_id = \'avatars\'::text))⟧;',
      message: 'Policy "Public access" on storage.objects lets public list all files of the bucket avatars.',
      severity: 'warning',
    },
    {
      sql: '⟦create policy p on storage.objects to anon, authenticated using (true)⟧;',
      message: 'Policy p on storage.objects lets anon, authenticated list the files of every bucket.',
    },
  ],
  good: [
    "create policy p on storage.objects for select using (bucket_id = 'a' and owner_id = (select auth.uid())::text);",
    "create policy p on storage.objects for insert with check (bucket_id = 'a');",
    "create policy p on storage.objects for select to service_role using (bucket_id = 'a');",
    "create policy p on objects for select using (bucket_id = 'a');",
    'create policy p on storage.objects for select using (bucket_id = owner_id);',
  ],
})
