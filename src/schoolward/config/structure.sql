-- Written by scripts/write_structure.py from the migrations; not to be edited.
CREATE TABLE "access_account" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "email" varchar(254) NOT NULL UNIQUE, "name" varchar(200) NOT NULL, "is_active" bool NOT NULL, "is_staff" bool NOT NULL, "is_demonstration" bool NOT NULL, "created_at" datetime NULL, "sessions_end_before" datetime NULL, CONSTRAINT "account_email_given" CHECK (NOT ("email" = '')));
CREATE TABLE "access_account_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "access_account_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "access_agency" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(50) NOT NULL UNIQUE, "name" varchar(200) NOT NULL UNIQUE, "kind" varchar(20) NOT NULL, "created_at" datetime NOT NULL, "revoked_at" datetime NULL, CONSTRAINT "agency_kind_known" CHECK ("kind" IN ('district', 'police', 'city', 'county', 'private_school', 'charter', 'community')));
CREATE TABLE "access_agreement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "record_classes" text NOT NULL CHECK ((JSON_VALID("record_classes") OR "record_classes" IS NULL)), "purposes" text NOT NULL CHECK ((JSON_VALID("purposes") OR "purposes" IS NULL)), "fields" text NOT NULL CHECK ((JSON_VALID("fields") OR "fields" IS NULL)), "valid_from" date NOT NULL, "valid_to" date NOT NULL, "revoked_at" datetime NULL, "owner_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "recipient_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "revoked_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "revoked_reason" varchar(300) NOT NULL, CONSTRAINT "agreement_between_two" CHECK (NOT ("owner_id" = ("recipient_id"))), CONSTRAINT "agreement_dates_in_order" CHECK ("valid_to" >= ("valid_from")));
CREATE TABLE "access_apitoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "scopes" text NOT NULL CHECK ((JSON_VALID("scopes") OR "scopes" IS NULL)), "created_at" datetime NOT NULL, "expires_at" datetime NOT NULL, "revoked_at" datetime NULL, "last_used_at" datetime NULL, "membership_id" bigint NOT NULL REFERENCES "access_membership" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "token_ends_after_start" CHECK ("expires_at" > ("created_at")));
CREATE TABLE "access_certificate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "table" varchar(100) NOT NULL, "record_class" varchar(30) NOT NULL, "rows" integer unsigned NOT NULL CHECK ("rows" >= 0), "on" date NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "reviewed_by_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "disposal_id" bigint NOT NULL UNIQUE REFERENCES "access_disposal" ("id") DEFERRABLE INITIALLY DEFERRED, "schedule_id" bigint NOT NULL REFERENCES "access_retentionschedule" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "certificate_of_two_persons" CHECK (NOT ("reviewed_by_id" = ("proposed_by_id"))));
CREATE TABLE "access_consent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "category" varchar(20) NOT NULL, "purpose" varchar(40) NOT NULL, "given_by" varchar(10) NOT NULL, "valid_from" date NOT NULL, "valid_to" date NOT NULL, "recorded_at" datetime NOT NULL, "withdrawn_at" datetime NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "recipient_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "recorded_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "consent_dates_in_order" CHECK ("valid_to" >= ("valid_from")), CONSTRAINT "consent_category_known" CHECK ("category" IN ('health', 'substance_use', 'program')));
CREATE TABLE "access_disposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "proposed_at" datetime NOT NULL, "reviewed_at" datetime NULL, "is_approved" bool NOT NULL, "note" varchar(300) NOT NULL, "carried_out_at" datetime NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "reviewed_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "schedule_id" bigint NOT NULL REFERENCES "access_retentionschedule" ("id") DEFERRABLE INITIALLY DEFERRED, "of_sealed" bool NULL, CONSTRAINT "disposal_reviewed_by_another" CHECK (("reviewed_by_id" IS NULL OR NOT ("reviewed_by_id" = ("proposed_by_id") AND "reviewed_by_id" IS NOT NULL))), CONSTRAINT "disposal_approved_by_somebody" CHECK (((NOT "is_approved" AND "reviewed_at" IS NULL AND "reviewed_by_id" IS NULL) OR ("reviewed_at" IS NOT NULL AND "reviewed_by_id" IS NOT NULL))), CONSTRAINT "disposal_carried_out_when_approved" CHECK (("carried_out_at" IS NULL OR "is_approved")));
CREATE TABLE "access_disposalrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint NOT NULL, "due_on" date NOT NULL, "taken_out_at" datetime NULL, "taken_out_reason" varchar(300) NOT NULL, "disposal_id" bigint NOT NULL REFERENCES "access_disposal" ("id") DEFERRABLE INITIALLY DEFERRED, "taken_out_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "disposal_row_once" UNIQUE ("disposal_id", "number"), CONSTRAINT "disposal_row_out_with_reason" CHECK ((("taken_out_at" IS NULL AND "taken_out_reason" = '') OR ("taken_out_at" IS NOT NULL AND NOT ("taken_out_reason" = '')))));
CREATE TABLE "access_emergency" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "reason" varchar(500) NOT NULL, "opened_at" datetime NOT NULL, "closes_at" datetime NOT NULL, "reviewed_at" datetime NULL, "judgement" varchar(20) NOT NULL, "note" varchar(500) NOT NULL, "account_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "membership_id" bigint NOT NULL REFERENCES "access_membership" ("id") DEFERRABLE INITIALLY DEFERRED, "reviewed_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "erased_at" datetime NULL, CONSTRAINT "emergency_ends" CHECK ("closes_at" > ("opened_at")), CONSTRAINT "emergency_reviewed_by_another" CHECK (("reviewed_by_id" IS NULL OR NOT ("reviewed_by_id" = ("account_id") AND "reviewed_by_id" IS NOT NULL))), CONSTRAINT "emergency_judged_when_reviewed" CHECK ((("judgement" = '' AND "reviewed_at" IS NULL) OR ("reviewed_at" IS NOT NULL AND NOT ("judgement" = '')))));
CREATE TABLE "access_lifting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reason" varchar(300) NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "sealing_id" bigint NOT NULL UNIQUE REFERENCES "access_sealing" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "access_litigationhold" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "covers" varchar(10) NOT NULL, "names" text NOT NULL CHECK ((JSON_VALID("names") OR "names" IS NULL)), "matter" varchar(120) NOT NULL, "reason" varchar(300) NOT NULL, "placed_at" datetime NOT NULL, "lifted_at" datetime NULL, "lifted_reason" varchar(300) NOT NULL, "agency_id" bigint NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "lifted_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "placed_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "hold_covers_known" CHECK ("covers" IN ('person', 'table', 'matter')), CONSTRAINT "hold_lifted_with_reason" CHECK ((("lifted_at" IS NULL AND "lifted_reason" = '') OR ("lifted_at" IS NOT NULL AND NOT ("lifted_reason" = '')))));
CREATE TABLE "access_membership" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(40) NOT NULL, "all_sites" bool NOT NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "revoked_at" datetime NULL, "title" varchar(120) NOT NULL, "reviewed_at" datetime NULL, "account_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "membership_role_known" CHECK ("role" IN ('lead', 'school_resource_officer', 'alarm_operator', 'campus_monitor', 'site_lead', 'facilities', 'grants_analyst', 'program_coordinator', 'provider', 'accountability', 'trustee', 'safe_routes', 'regional_partner', 'privacy_officer', 'secretary', 'administrator', 'system')), CONSTRAINT "membership_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "access_membership_campuses" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "membership_id" bigint NOT NULL REFERENCES "access_membership" ("id") DEFERRABLE INITIALLY DEFERRED, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "access_merging" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kept" varchar(120) NOT NULL, "merged" varchar(120) NOT NULL, "moved" text NOT NULL CHECK ((JSON_VALID("moved") OR "moved" IS NULL)), "followed" text NOT NULL CHECK ((JSON_VALID("followed") OR "followed" IS NULL)), "reason" varchar(300) NOT NULL, "at" datetime NOT NULL, "undone_at" datetime NULL, "undone_reason" varchar(300) NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "undone_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "merging_of_two" CHECK (NOT ("kept" = ("merged"))), CONSTRAINT "merging_undone_with_a_reason" CHECK ((("undone_at" IS NULL AND "undone_reason" = '') OR ("undone_at" IS NOT NULL AND NOT ("undone_reason" = '')))));
CREATE TABLE "access_retentionschedule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "table" varchar(100) NOT NULL, "record_class" varchar(30) NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "after" varchar(20) NOT NULL, "years" smallint unsigned NOT NULL CHECK ("years" >= 0), "citation" varchar(300) NOT NULL, "is_confirmed" bool NOT NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "set_at" datetime NOT NULL, "set_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "schedule_version_once" UNIQUE ("table", "record_class", "version"), CONSTRAINT "schedule_event_known" CHECK ("after" IN ('closed', 'turned_18', 'graduation', 'end_of_service')), CONSTRAINT "schedule_class_known" CHECK ("record_class" IN ('public', 'facility', 'education', 'law_enforcement_unit', 'police', 'protected')), CONSTRAINT "schedule_years_believable" CHECK ("years" <= 100), CONSTRAINT "schedule_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "access_sealedpart" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "record" varchar(120) NOT NULL, "sealing_id" bigint NOT NULL REFERENCES "access_sealing" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "sealed_part_once" UNIQUE ("sealing_id", "record"));
CREATE TABLE "access_sealing" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "ground" varchar(20) NOT NULL, "reason" varchar(300) NOT NULL, "ordered_at" datetime NOT NULL, "due_on" date NOT NULL, "sealed_at" datetime NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "ordered_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "sealed_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "record" varchar(120) NOT NULL, CONSTRAINT "sealing_ground_known" CHECK ("ground" IN ('court_order', 'wic_786', 'wic_786_5', 'wic_827_95')), CONSTRAINT "sealing_by_when_sealed" CHECK (("sealed_by_id" IS NULL OR "sealed_at" IS NOT NULL)));
CREATE TABLE "access_signature" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(40) NOT NULL, "at" datetime NOT NULL, "terms_sha256" varchar(64) NOT NULL, "account_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "agreement_id" bigint NOT NULL REFERENCES "access_agreement" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "signature_one_a_party" UNIQUE ("agreement_id", "agency_id"), CONSTRAINT "signature_two_persons" UNIQUE ("agreement_id", "account_id"));
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "alarms_actionplan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "signal_kind" varchar(16) NOT NULL, "title" varchar(120) NOT NULL, "valid_from" date NULL, "valid_to" date NULL, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "action_plan_dates_in_order" CHECK (("valid_from" IS NULL OR "valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "alarms_alarmsystem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account" varchar(16) NOT NULL, "title" varchar(120) NOT NULL, "sealed_key" text NOT NULL, "profile" varchar(40) NOT NULL, "supervision_seconds" integer unsigned NULL CHECK ("supervision_seconds" >= 0), "valid_from" date NULL, "valid_to" date NULL, "changed_at" datetime NOT NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "line_id" bigint NOT NULL REFERENCES "alarms_line" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "alarm_system_account_hexadecimal" CHECK ("account" REGEXP '^[0-9A-F]{3,16}$'), CONSTRAINT "alarm_system_supervision_positive" CHECK (("supervision_seconds" IS NULL OR "supervision_seconds" >= 1)), CONSTRAINT "alarm_system_dates_in_order" CHECK (("valid_from" IS NULL OR "valid_to" IS NULL OR "valid_to" >= ("valid_from"))), CONSTRAINT "alarm_system_account_once_a_line" UNIQUE ("line_id", "account"));
CREATE TABLE "alarms_appeal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "filed_on" date NOT NULL, "grounds" varchar(500) NOT NULL, "decided_on" date NULL, "case_id" bigint NOT NULL UNIQUE REFERENCES "alarms_case" ("id") DEFERRABLE INITIALLY DEFERRED, "outcome" varchar(12) NOT NULL, CONSTRAINT "appeal_decided_with_outcome" CHECK ((("decided_on" IS NULL AND "outcome" = '') OR ("decided_on" >= ("filed_on") AND NOT ("outcome" = '')))));
CREATE TABLE "alarms_armedday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "site" bigint unsigned NOT NULL CHECK ("site" >= 0), "day" date NOT NULL, "microseconds" bigint unsigned NOT NULL CHECK ("microseconds" >= 0), CONSTRAINT "armed_day_once" UNIQUE ("site", "day"));
CREATE TABLE "alarms_armeduntil" ("id" smallint unsigned NOT NULL PRIMARY KEY CHECK ("id" >= 0), "day" date NULL, "time_zone" varchar(64) NOT NULL, "standing" text NULL CHECK ((JSON_VALID("standing") OR "standing" IS NULL)), CONSTRAINT "armed_until_once" CHECK ("id" = 1));
CREATE TABLE "alarms_armingschedule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "weekday" smallint unsigned NOT NULL CHECK ("weekday" >= 0), "on_school_days" bool NOT NULL, "opens" time NOT NULL, "closes" time NOT NULL, "tolerance_minutes" smallint unsigned NOT NULL CHECK ("tolerance_minutes" >= 0), "valid_from" date NULL, "valid_to" date NULL, "system_id" bigint NOT NULL REFERENCES "alarms_alarmsystem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "arming_schedule_weekday" CHECK ("weekday" <= 6), CONSTRAINT "arming_schedule_in_order" CHECK ("closes" > ("opens")));
CREATE TABLE "alarms_callcontact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "title" varchar(120) NOT NULL, "phone" varchar(40) NOT NULL, "wait_seconds" smallint unsigned NOT NULL CHECK ("wait_seconds" >= 0), "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "member_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "call_contact_order_once" UNIQUE ("campus_id", "order"));
CREATE TABLE "alarms_case" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(24) NOT NULL UNIQUE, "kind" varchar(12) NOT NULL, "signal_kind" varchar(16) NOT NULL, "state" varchar(8) NOT NULL, "partition" varchar(8) NOT NULL, "source_key" varchar(120) NOT NULL, "shape" text NOT NULL CHECK ((JSON_VALID("shape") OR "shape" IS NULL)), "title" varchar(200) NOT NULL, "opened_at" datetime NOT NULL, "opened_on" date NOT NULL, "last_signal_at" datetime NOT NULL, "signal_count" integer unsigned NOT NULL CHECK ("signal_count" >= 0), "urgency" smallint unsigned NOT NULL CHECK ("urgency" >= 0), "reasons" text NOT NULL CHECK ((JSON_VALID("reasons") OR "reasons" IS NULL)), "verification_level" smallint unsigned NOT NULL CHECK ("verification_level" >= 0), "is_test" bool NOT NULL, "claimed_at" datetime NULL, "first_answer_at" datetime NULL, "escalated_level" smallint unsigned NOT NULL CHECK ("escalated_level" >= 0), "police_dispatched_at" datetime NULL, "guard_dispatched_at" datetime NULL, "aborted_at" datetime NULL, "verified_before_dispatch" bool NOT NULL, "disposition" varchar(10) NOT NULL, "cause" varchar(14) NOT NULL, "cause_role" varchar(40) NOT NULL, "closed_at" datetime NULL, "record_class" varchar(24) NOT NULL, "generated" bool NOT NULL, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "claimed_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "closed_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "plan_id" bigint NULL REFERENCES "alarms_actionplan" ("id") DEFERRABLE INITIALLY DEFERRED, "system_id" bigint NULL REFERENCES "alarms_alarmsystem" ("id") DEFERRABLE INITIALLY DEFERRED, "zone_id" bigint NULL REFERENCES "alarms_zone" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_kind_known" CHECK ("kind" IN ('alarm', 'supervision', 'schedule', 'runaway', 'unknown', 'security', 'receiver')), CONSTRAINT "case_urgency_to_100" CHECK ("urgency" <= 100), CONSTRAINT "case_level_to_4" CHECK ("verification_level" <= 4), CONSTRAINT "case_closes_with_disposition_and_cause" CHECK ((NOT ("state" = 'closed') OR ("closed_at" IS NOT NULL AND NOT ("disposition" = '') AND NOT ("cause" = '')))), CONSTRAINT "case_open_has_no_end" CHECK (("state" = 'closed' OR "closed_at" IS NULL)), CONSTRAINT "case_times_in_order" CHECK (("closed_at" IS NULL OR "closed_at" >= ("opened_at"))), CONSTRAINT "case_claimed_by_somebody" CHECK ((NOT ("state" = 'claimed') OR "claimed_by_id" IS NOT NULL)));
CREATE TABLE "alarms_caseentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(18) NOT NULL, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "text" varchar(500) NOT NULL, "detail" text NOT NULL CHECK ((JSON_VALID("detail") OR "detail" IS NULL)), "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "alarms_case" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NULL REFERENCES "alarms_planstep" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_entry_kind_known" CHECK ("kind" IN ('opened', 'signal', 'claimed', 'released', 'step', 'skipped', 'call', 'evidence', 'dispatched_police', 'dispatched_guard', 'aborted', 'note', 'escalated', 'closed', 'reopened')));
CREATE TABLE "alarms_handover" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "text" text NOT NULL, "open_cases" integer unsigned NOT NULL CHECK ("open_cases" >= 0), "read_at" datetime NULL, "by_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "read_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "alarms_journalsegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "receiver" varchar(40) NOT NULL, "sequence" bigint NOT NULL, "stored_at" datetime NOT NULL, "frames" integer unsigned NOT NULL CHECK ("frames" >= 0), "payload" BLOB NOT NULL, "previous_hash" BLOB NOT NULL, "hash" BLOB NOT NULL, CONSTRAINT "journal_segment_once" UNIQUE ("receiver", "sequence"), CONSTRAINT "journal_segment_from_one" CHECK ("sequence" >= 1), CONSTRAINT "journal_segment_not_empty" CHECK ("frames" >= 1));
CREATE TABLE "alarms_lease" ("name" varchar(40) NOT NULL PRIMARY KEY, "holder" varchar(80) NOT NULL, "fence" bigint NOT NULL, "until" datetime NOT NULL);
CREATE TABLE "alarms_line" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(40) NOT NULL UNIQUE, "title" varchar(120) NOT NULL, "profile" varchar(40) NOT NULL, "outage_policy" varchar(5) NOT NULL, CONSTRAINT "line_outage_policy_known" CHECK ("outage_policy" IN ('hold', 'spool')));
CREATE TABLE "alarms_linkstate" ("system_id" bigint NOT NULL PRIMARY KEY REFERENCES "alarms_alarmsystem" ("id") DEFERRABLE INITIALLY DEFERRED, "heard_at" datetime NOT NULL, "lost_at" datetime NULL);
CREATE TABLE "alarms_ontest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "begins" datetime NOT NULL, "ends" datetime NOT NULL, "reason" varchar(200) NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "system_id" bigint NOT NULL REFERENCES "alarms_alarmsystem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "on_test_in_order" CHECK ("ends" > ("begins")));
CREATE TABLE "alarms_permit" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ordinance" varchar(60) NOT NULL, "number" varchar(40) NOT NULL, "issued_on" date NOT NULL, "ends_on" date NULL, "cancelled_on" date NULL, "invented" bool NOT NULL, "system_id" bigint NOT NULL REFERENCES "alarms_alarmsystem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "permit_number_once" UNIQUE ("ordinance", "number"), CONSTRAINT "permit_dates_in_order" CHECK (("ends_on" IS NULL OR "ends_on" >= ("issued_on"))));
CREATE TABLE "alarms_planstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "kind" varchar(8) NOT NULL, "text" varchar(300) NOT NULL, "is_required" bool NOT NULL, "plan_id" bigint NOT NULL REFERENCES "alarms_actionplan" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "plan_step_order_once" UNIQUE ("plan_id", "order"), CONSTRAINT "plan_step_kind_known" CHECK ("kind" IN ('call', 'camera', 'dispatch', 'inform', 'check')));
CREATE TABLE "alarms_readposition" ("receiver" varchar(40) NOT NULL PRIMARY KEY, "sequence" bigint NOT NULL, "read_at" datetime NOT NULL);
CREATE TABLE "alarms_signal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "frame_index" integer unsigned NOT NULL CHECK ("frame_index" >= 0), "event_index" smallint unsigned NOT NULL CHECK ("event_index" >= 0), "digest" BLOB NOT NULL, "account" varchar(16) NOT NULL, "received_at" datetime NOT NULL, "panel_at" datetime NULL, "frame_sequence" varchar(4) NOT NULL, "qualifier" varchar(12) NOT NULL, "zone_number" varchar(8) NOT NULL, "partition" varchar(8) NOT NULL, "user_number" varchar(8) NOT NULL, "text" varchar(200) NOT NULL, "meaning" varchar(200) NOT NULL, "kind" varchar(16) NOT NULL, "is_restore" bool NOT NULL, "is_test" bool NOT NULL, "repeats" integer unsigned NOT NULL CHECK ("repeats" >= 0), "repeated_at" datetime NULL, "flags" text NOT NULL CHECK ((JSON_VALID("flags") OR "flags" IS NULL)), "record_class" varchar(24) NOT NULL, "generated" bool NOT NULL, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NULL REFERENCES "alarms_case" ("id") DEFERRABLE INITIALLY DEFERRED, "segment_id" bigint NOT NULL REFERENCES "alarms_journalsegment" ("id") DEFERRABLE INITIALLY DEFERRED, "system_id" bigint NULL REFERENCES "alarms_alarmsystem" ("id") DEFERRABLE INITIALLY DEFERRED, "zone_id" bigint NULL REFERENCES "alarms_zone" ("id") DEFERRABLE INITIALLY DEFERRED, "code" varchar(32) NOT NULL, CONSTRAINT "signal_once" UNIQUE ("segment_id", "frame_index", "event_index"), CONSTRAINT "signal_kind_known" CHECK ("kind" IN ('hold_up', 'panic', 'fire', 'medical', 'burglary', 'tamper', 'gas', 'trouble', 'power', 'supervision', 'link_restored', 'bypass', 'opening', 'closing', 'cancel', 'access', 'test', 'restore', 'video', 'unknown_account', 'unknown_code', 'security', 'other')));
CREATE TABLE "alarms_zone" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(8) NOT NULL, "title" varchar(120) NOT NULL, "device" varchar(10) NOT NULL, "camera_link" varchar(200) NOT NULL, "invented" bool NOT NULL, "system_id" bigint NOT NULL REFERENCES "alarms_alarmsystem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "alarm_zone_once_a_system" UNIQUE ("system_id", "number"), CONSTRAINT "alarm_zone_device_known" CHECK ("device" IN ('door', 'motion', 'glass', 'hold_up', 'smoke', 'panel', 'other')));
CREATE TABLE "assessments_answer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "value" smallint unsigned NULL CHECK ("value" >= 0), "mark" varchar(3) NOT NULL, "text" text NOT NULL, "note" text NOT NULL, "client_id" char(32) NOT NULL UNIQUE, "given_at" datetime NOT NULL, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "item_id" bigint NOT NULL REFERENCES "assessments_instrumentitem" ("id") DEFERRABLE INITIALLY DEFERRED, "walk_id" bigint NOT NULL REFERENCES "assessments_walk" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "answer_is_one_thing" CHECK ((("mark" = '' AND "text" = '' AND "value" IS NOT NULL) OR ("mark" IN ('dne', 'uto') AND "text" = '' AND "value" IS NULL) OR ("mark" = '' AND "value" IS NULL AND NOT ("text" = '')))));
CREATE TABLE "assessments_answerphoto" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sha256" varchar(64) NOT NULL, "file_name" varchar(255) NOT NULL, "caption" varchar(200) NOT NULL, "longitude" real NULL, "latitude" real NULL, "plan_x" real NULL, "plan_y" real NULL, "client_id" char(32) NOT NULL UNIQUE, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "assessments_instrumentitem" ("id") DEFERRABLE INITIALLY DEFERRED, "plan_id" bigint NULL REFERENCES "assessments_siteplan" ("id") DEFERRABLE INITIALLY DEFERRED, "walk_id" bigint NOT NULL REFERENCES "assessments_walk" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "photo_point_whole_and_on_earth" CHECK ((("latitude" IS NULL AND "longitude" IS NULL) OR ("latitude" IS NOT NULL AND "latitude" BETWEEN -90.0 AND 90.0 AND "longitude" IS NOT NULL AND "longitude" BETWEEN -180.0 AND 180.0))), CONSTRAINT "photo_pin_within_its_plan" CHECK ((("plan_id" IS NULL AND "plan_x" IS NULL AND "plan_y" IS NULL) OR ("plan_id" IS NOT NULL AND "plan_x" BETWEEN 0.0 AND 1.0 AND "plan_y" BETWEEN 0.0 AND 1.0))));
CREATE TABLE "assessments_assessment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reference" varchar(40) NOT NULL UNIQUE, "kind" varchar(16) NOT NULL, "assessed_on" date NULL, "assessor_role" varchar(40) NOT NULL, "document" varchar(300) NOT NULL, "record_class" varchar(24) NOT NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "assessor_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "bands" varchar(60) NOT NULL, "change" real NULL, "coverage" real NULL, "high" real NULL, "is_double" bool NOT NULL, "low" real NULL, "planned_on" date NULL, "review_note" text NOT NULL, "reviewed_at" datetime NULL, "reviewed_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "score" real NULL, "second_assessor_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "state" varchar(10) NOT NULL, "version_id" bigint NULL REFERENCES "assessments_instrumentversion" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "assessment_state_known" CHECK ("state" IN ('planned', 'walking', 'submitted', 'reviewed')), CONSTRAINT "assessment_finished_has_a_day" CHECK ((("assessed_on" IS NOT NULL AND "state" IN ('submitted', 'reviewed')) OR (NOT ("state" IN ('submitted', 'reviewed')) AND "assessed_on" IS NULL AND "version_id" IS NOT NULL))), CONSTRAINT "assessment_planned_has_a_day" CHECK ((NOT ("state" = 'planned') OR "planned_on" IS NOT NULL)), CONSTRAINT "assessment_two_assessors" CHECK (("assessor_id" IS NULL OR "second_assessor_id" IS NULL OR NOT ("assessor_id" = ("second_assessor_id") AND "assessor_id" IS NOT NULL AND "second_assessor_id" IS NOT NULL))), CONSTRAINT "assessment_second_where_double" CHECK (("second_assessor_id" IS NULL OR "is_double")), CONSTRAINT "assessment_score_within_its_interval" CHECK (("score" IS NULL OR ("coverage" BETWEEN 0.0 AND 100.0 AND "high" >= ("score") AND "low" <= ("score") AND "score" BETWEEN 0.0 AND 100.0))), CONSTRAINT "assessment_kind_known" CHECK ("kind" IN ('cpted', 'security_audit', 'vulnerability', 'walk', 'way_to_school', 'other')));
CREATE TABLE "assessments_crosswalkfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(64) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "file_name" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL UNIQUE, "links" integer unsigned NOT NULL CHECK ("links" >= 0), "added_at" datetime NOT NULL, "added_by_name" varchar(200) NOT NULL, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "crosswalk_has_key_and_title" CHECK ((NOT ("key" = '') AND NOT ("title" = ''))));
CREATE TABLE "assessments_defectpoint" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(120) NOT NULL, "token" varchar(43) NOT NULL UNIQUE, "made_at" datetime NOT NULL, "made_by_name" varchar(200) NOT NULL, "ended_at" datetime NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "defect_point_has_label" CHECK ((NOT ("label" = '') AND NOT ("token" = ''))));
CREATE TABLE "assessments_defectreport" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "text" varchar(300) NOT NULL, "client_id" char(32) NOT NULL UNIQUE, "at" datetime NOT NULL, "state" varchar(10) NOT NULL, "reason" varchar(300) NOT NULL, "settled_on" date NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "point_id" bigint NOT NULL REFERENCES "assessments_defectpoint" ("id") DEFERRABLE INITIALLY DEFERRED, "work_id" bigint NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "defect_kind_known" CHECK ("kind" IN ('lock', 'broken', 'light', 'glass', 'graffiti', 'overgrown', 'hazard', 'other')), CONSTRAINT "defect_state_with_its_reason" CHECK ((("settled_on" IS NULL AND "state" = 'new' AND "work_id" IS NULL) OR ("settled_on" IS NOT NULL AND "state" = 'work' AND "work_id" IS NOT NULL) OR ("settled_on" IS NOT NULL AND "state" = 'dismissed' AND NOT ("reason" = '')))));
CREATE TABLE "assessments_filling" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "instance_id" varchar(200) NOT NULL UNIQUE, "sha256" varchar(64) NOT NULL, "way" varchar(8) NOT NULL, "received_at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "walk_id" bigint NOT NULL UNIQUE REFERENCES "assessments_walk" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "filling_way_known" CHECK ("way" IN ('page', 'openrosa')), CONSTRAINT "filling_has_an_id" CHECK (NOT ("instance_id" = '')));
CREATE TABLE "assessments_fillingfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "received_at" datetime NOT NULL, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "filling_id" bigint NOT NULL REFERENCES "assessments_filling" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "filling_file_once" UNIQUE ("filling_id", "name"));
CREATE TABLE "assessments_finding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(64) NOT NULL, "zone" varchar(200) NOT NULL, "title" varchar(200) NOT NULL, "note" text NOT NULL, "recommendation" text NOT NULL, "severity" varchar(10) NOT NULL, "trade" varchar(20) NOT NULL, "estimate_cents" bigint NULL, "state" varchar(10) NOT NULL, "reason" text NOT NULL, "found_on" date NOT NULL, "settled_on" date NULL, "record_class" varchar(24) NOT NULL, "invented" bool NOT NULL, "assessment_id" bigint NOT NULL REFERENCES "assessments_assessment" ("id") DEFERRABLE INITIALLY DEFERRED, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "work_id" bigint NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, "instrument_id" bigint NOT NULL REFERENCES "assessments_instrument" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "assessments_instrumentitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "finding_state_known" CHECK ("state" IN ('open', 'accepted', 'declined', 'resolved')), CONSTRAINT "finding_declined_with_reason" CHECK ((NOT ("state" = 'declined') OR NOT ("reason" = ''))), CONSTRAINT "finding_settled_has_a_day" CHECK ((("settled_on" IS NULL AND "state" IN ('open', 'accepted')) OR (NOT ("state" IN ('open', 'accepted')) AND "settled_on" IS NOT NULL))), CONSTRAINT "finding_estimate_not_negative" CHECK (("estimate_cents" IS NULL OR "estimate_cents" >= 0)));
CREATE TABLE "assessments_instrument" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(64) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "kind" varchar(16) NOT NULL, CONSTRAINT "instrument_has_key_and_title" CHECK ((NOT ("key" = '') AND NOT ("title" = ''))), CONSTRAINT "instrument_kind_known" CHECK ("kind" IN ('cpted', 'security_audit', 'vulnerability', 'walk', 'way_to_school', 'other')));
CREATE TABLE "assessments_instrumentitem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(64) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "section" varchar(64) NOT NULL, "text" text NOT NULL, "severity" varchar(10) NOT NULL, "trade" varchar(20) NOT NULL, "version_id" bigint NOT NULL REFERENCES "assessments_instrumentversion" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "instrument_item_once" UNIQUE ("version_id", "code"), CONSTRAINT "instrument_item_place" UNIQUE ("version_id", "position"));
CREATE TABLE "assessments_instrumentversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "version" varchar(64) NOT NULL, "title" varchar(200) NOT NULL, "credit" text NOT NULL, "format" varchar(8) NOT NULL, "file_name" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "added_at" datetime NOT NULL, "added_by_name" varchar(200) NOT NULL, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "instrument_id" bigint NOT NULL REFERENCES "assessments_instrument" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "instrument_version_once" UNIQUE ("instrument_id", "version"), CONSTRAINT "instrument_format_known" CHECK ("format" IN ('yaml', 'xlsform', 'xform')), CONSTRAINT "instrument_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "assessments_planrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "period" varchar(10) NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "work_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, "plan_id" bigint NOT NULL REFERENCES "assessments_preventiveplan" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "plan_once_a_period" UNIQUE ("plan_id", "campus_id", "period"));
CREATE TABLE "assessments_preventiveplan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "instructions" text NOT NULL, "every" varchar(10) NOT NULL, "trade" varchar(20) NOT NULL, "severity" varchar(10) NOT NULL, "owner_role" varchar(40) NOT NULL, "estimate_cents" bigint NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "invented" bool NOT NULL, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "plan_every_known" CHECK ("every" IN ('week', 'month', 'quarter', 'half_year', 'year')), CONSTRAINT "plan_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))), CONSTRAINT "plan_has_a_title" CHECK (NOT ("title" = '')));
CREATE TABLE "assessments_reinspectionrequest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "due" date NOT NULL, "asked_at" datetime NOT NULL, "done_on" date NULL, "invented" bool NOT NULL, "asked_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "assessments_reinspectionrequest_findings" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reinspectionrequest_id" bigint NOT NULL REFERENCES "assessments_reinspectionrequest" ("id") DEFERRABLE INITIALLY DEFERRED, "finding_id" bigint NOT NULL REFERENCES "assessments_finding" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "assessments_settlement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "value" smallint unsigned NULL CHECK ("value" >= 0), "mark" varchar(3) NOT NULL, "reason" varchar(300) NOT NULL, "effect" varchar(8) NOT NULL, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "assessment_id" bigint NOT NULL REFERENCES "assessments_assessment" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "finding_id" bigint NULL REFERENCES "assessments_finding" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "assessments_instrumentitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "settlement_is_one_answer" CHECK ((("mark" = '' AND "value" IS NOT NULL) OR ("mark" IN ('dne', 'uto') AND "value" IS NULL))), CONSTRAINT "settlement_has_a_reason" CHECK (NOT ("reason" = '')), CONSTRAINT "settlement_effect_has_its_finding" CHECK ((("effect" = '' AND "finding_id" IS NULL) OR ("effect" IN ('found', 'declined', 'seen', 'mended') AND "finding_id" IS NOT NULL))));
CREATE TABLE "assessments_sighting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "is_mended" bool NOT NULL, "note" text NOT NULL, "on" date NOT NULL, "finding_id" bigint NOT NULL REFERENCES "assessments_finding" ("id") DEFERRABLE INITIALLY DEFERRED, "walk_id" bigint NOT NULL REFERENCES "assessments_walk" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "sighting_once_a_walk" UNIQUE ("finding_id", "walk_id"));
CREATE TABLE "assessments_siteplan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file_name" varchar(255) NOT NULL, "added_at" datetime NOT NULL, "added_by_name" varchar(200) NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "assessments_walk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "assessor_name" varchar(200) NOT NULL, "client_id" char(32) NOT NULL UNIQUE, "device" varchar(120) NOT NULL, "started_at" datetime NOT NULL, "submitted_at" datetime NULL, "assessment_id" bigint NULL REFERENCES "assessments_assessment" ("id") DEFERRABLE INITIALLY DEFERRED, "assessor_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "reinspection_id" bigint NULL REFERENCES "assessments_reinspectionrequest" ("id") DEFERRABLE INITIALLY DEFERRED, "not_asked" text NULL CHECK ((JSON_VALID("not_asked") OR "not_asked" IS NULL)), "positions" text NULL CHECK ((JSON_VALID("positions") OR "positions" IS NULL)), CONSTRAINT "walk_of_one_thing" CHECK ((("assessment_id" IS NOT NULL AND "reinspection_id" IS NULL) OR ("assessment_id" IS NULL AND "reinspection_id" IS NOT NULL))), CONSTRAINT "walk_first_or_second" CHECK ("number" IN (1, 2)), CONSTRAINT "walk_times_in_order" CHECK (("submitted_at" IS NULL OR "submitted_at" >= ("started_at"))));
CREATE TABLE "assessments_walkentry" ("id" char(32) NOT NULL PRIMARY KEY, "strand" char(32) NOT NULL, "sequence" bigint unsigned NOT NULL CHECK ("sequence" >= 0), "moment" varchar(40) NOT NULL, "kind" varchar(8) NOT NULL, "payload" text NOT NULL, "sha256" varchar(64) NOT NULL, "received_at" datetime NOT NULL, "skew_s" real NULL, "walk_id" bigint NOT NULL REFERENCES "assessments_walk" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "walk_entry_place" UNIQUE ("walk_id", "strand", "sequence"), CONSTRAINT "walk_entry_counted_from_one" CHECK ("sequence" >= 1), CONSTRAINT "walk_entry_kind_known" CHECK ("kind" IN ('set', 'add', 'remove', 'note', 'photo', 'submit')));
CREATE TABLE "assessments_walkphoto" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sha256" varchar(64) NOT NULL, "received_at" datetime NOT NULL, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "walk_id" bigint NOT NULL REFERENCES "assessments_walk" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "walk_photo_once" UNIQUE ("walk_id", "sha256"));
CREATE TABLE "audit_event" ("sequence" bigint NOT NULL PRIMARY KEY, "at" datetime NOT NULL, "account_id" bigint NULL, "account_name" varchar(200) NOT NULL, "membership_id" bigint NULL, "agency_id" bigint NULL, "role" varchar(40) NOT NULL, "purpose" varchar(40) NOT NULL, "action" varchar(80) NOT NULL, "subject" varchar(120) NOT NULL, "outcome" varchar(10) NOT NULL, "detail" text NOT NULL CHECK ((JSON_VALID("detail") OR "detail" IS NULL)), "previous_hash" varchar(64) NOT NULL, "hash" varchar(64) NOT NULL UNIQUE, CONSTRAINT "audit_outcome_known" CHECK ("outcome" IN ('done', 'denied', 'failed')), CONSTRAINT "audit_sequence_from_one" CHECK ("sequence" >= 1));
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
CREATE TABLE "axes_accessattempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "get_data" text NOT NULL, "post_data" text NOT NULL, "failures_since_start" integer unsigned NOT NULL CHECK ("failures_since_start" >= 0));
CREATE TABLE "axes_accessattemptexpiration" ("access_attempt_id" integer NOT NULL PRIMARY KEY REFERENCES "axes_accessattempt" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_at" datetime NOT NULL);
CREATE TABLE "axes_accessfailurelog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "locked_out" bool NOT NULL);
CREATE TABLE "axes_accesslog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "logout_time" datetime NULL, "session_hash" varchar(64) NOT NULL);
CREATE TABLE "cases_academycohort" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "entered_on" date NOT NULL, "ends_on" date NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "academy_cohort_once" UNIQUE ("program_id", "campus_id", "entered_on"), CONSTRAINT "academy_cohort_days_in_order" CHECK ("ends_on" > ("entered_on")));
CREATE TABLE "cases_academymember" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "joined_on" date NOT NULL, "left_on" date NULL, "left_as" varchar(9) NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "cohort_id" bigint NOT NULL REFERENCES "cases_academycohort" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "academy_member_once" UNIQUE ("youth_id", "cohort_id"), CONSTRAINT "academy_member_left_as_something" CHECK ((("left_as" = '' AND "left_on" IS NULL) OR ("left_as" IN ('completed', 'moved', 'left') AND "left_on" >= ("joined_on")))), CONSTRAINT "academy_member_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_academypresence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "on" date NOT NULL, "kind" varchar(11) NOT NULL, "came" bool NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "member_id" bigint NOT NULL REFERENCES "cases_academymember" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "academy_presence_once" UNIQUE ("member_id", "on", "kind"), CONSTRAINT "academy_presence_kind_known" CHECK ("kind" IN ('uniform', 'competition', 'visit')), CONSTRAINT "academy_presence_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_academystaff" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "since" date NOT NULL, "until" date NULL, "account_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "cohort_id" bigint NOT NULL REFERENCES "cases_academycohort" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "academy_staff_days_in_order" CHECK (("until" IS NULL OR "until" >= ("since"))));
CREATE TABLE "cases_attendanceday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "on" date NOT NULL, "mark" varchar(8) NOT NULL, "minutes_absent" smallint unsigned NULL CHECK ("minutes_absent" >= 0), "excused" bool NULL, "enrolled" bool NOT NULL, "told_at" datetime NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "attendance_day_once" UNIQUE ("youth_id", "on"), CONSTRAINT "attendance_mark_known" CHECK ("mark" IN ('present', 'tardy', 'partly', 'absent')), CONSTRAINT "attendance_minutes_within_a_day" CHECK (("minutes_absent" IS NULL OR "minutes_absent" <= 1440)), CONSTRAINT "attendance_is_an_education_record" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_boardcontract" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "signed_on" date NOT NULL, "ends_on" date NOT NULL, "outcome" varchar(8) NOT NULL, "outcome_on" date NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "board_contract_in_order" CHECK ("ends_on" >= ("signed_on")), CONSTRAINT "board_contract_outcome_with_its_day" CHECK ((("outcome" = '' AND "outcome_on" IS NULL) OR ("outcome" IN ('kept', 'not_kept') AND "outcome_on" >= ("signed_on")))), CONSTRAINT "board_contract_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_centrevisit" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "receipt" char(32) NOT NULL UNIQUE, "arrived_at" datetime NOT NULL, "brought_by" varchar(10) NOT NULL, "from_where" varchar(8) NOT NULL, "legal_basis" varchar(8) NOT NULL, "cause" varchar(14) NOT NULL, "left_at" datetime NULL, "released_to" varchar(8) NOT NULL, "parent_told_at" datetime NULL, "notice_exempt" bool NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "brought_agency_id" bigint NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "delivery_id" bigint NULL UNIQUE REFERENCES "cases_delivery" ("id") DEFERRABLE INITIALLY DEFERRED, "sent_as" char(32) NULL, CONSTRAINT "visit_is_an_education_record" CHECK ("record_class" = 'education'), CONSTRAINT "visit_words_known" CHECK (("brought_by" IN ('officer', 'staff', 'parent', 'probation', 'alone') AND "from_where" IN ('street', 'park', 'shops', 'transit', 'school', 'home', 'other') AND "legal_basis" IN ('ec_48264', 'asked', 'school') AND "cause" IN ('', 'transport', 'unsafe_way', 'unsafe_school', 'behind', 'conflict', 'caring', 'work', 'housing', 'sleep', 'enrolment', 'interest', 'not_told') AND "released_to" IN ('', 'school', 'parent', 'adult', 'officer'))), CONSTRAINT "visit_left_with_where_to" CHECK ((("left_at" IS NULL AND "released_to" = '') OR ("left_at" >= ("arrived_at") AND NOT ("released_to" = '')))), CONSTRAINT "visit_notice_of_a_release" CHECK ((("parent_told_at" IS NULL AND NOT "notice_exempt") OR "released_to" = 'officer')));
CREATE TABLE "cases_classseat" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "state" varchar(9) NOT NULL, "asked_at" datetime NOT NULL, "offered_on" date NULL, "confirmed_on" date NULL, "settled_on" date NULL, "why_freed" varchar(9) NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "guardian_id" bigint NOT NULL REFERENCES "cases_guardian" ("id") DEFERRABLE INITIALLY DEFERRED, "offering_id" bigint NOT NULL REFERENCES "programs_offering" ("id") DEFERRABLE INITIALLY DEFERRED, "referral_id" bigint NOT NULL REFERENCES "cases_referral" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "seat_is_an_education_record" CHECK ("record_class" = 'education'), CONSTRAINT "seat_state_has_its_dates" CHECK ((("offered_on" IS NULL AND "settled_on" IS NULL AND "state" = 'waiting') OR ("confirmed_on" IS NULL AND "offered_on" IS NOT NULL AND "state" = 'offered') OR ("confirmed_on" IS NOT NULL AND "offered_on" IS NOT NULL AND "state" = 'confirmed') OR ("offered_on" IS NOT NULL AND "settled_on" IS NOT NULL AND "state" IN ('came', 'alone', 'absent')) OR ("settled_on" IS NOT NULL AND "state" = 'freed'))), CONSTRAINT "seat_given_back_with_a_reason" CHECK ((("state" = 'freed' AND "why_freed" IN ('cannot', 'declined', 'no_answer', 'cancelled', 'over', 'lapsed', 'mistake')) OR (NOT ("state" = 'freed') AND "why_freed" = ''))));
CREATE TABLE "cases_contact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "on" date NOT NULL, "way" varchar(8) NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "reached" bool NOT NULL, "note" varchar(200) NOT NULL, "at" datetime NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "referral_id" bigint NOT NULL REFERENCES "cases_referral" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "contact_way_known" CHECK ("way" IN ('call', 'message', 'letter', 'school', 'home', 'program')), CONSTRAINT "contact_believable" CHECK ("minutes" <= 480));
CREATE TABLE "cases_contractterm" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "kind" varchar(14) NOT NULL, "amount" integer unsigned NOT NULL CHECK ("amount" >= 0), "due_on" date NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "cases_diversioncase" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "contract_term_once" UNIQUE ("case_id", "kind"), CONSTRAINT "contract_term_of_something" CHECK (("amount" >= 1 AND "kind" IN ('service_hours', 'class', 'check_in', 'essay', 'apology', 'restitution'))), CONSTRAINT "contract_term_is_police" CHECK ("record_class" = 'police'));
CREATE TABLE "cases_countedition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "table" varchar(9) NOT NULL, "cohort" varchar(20) NOT NULL, "counted_on" date NOT NULL, "counts" text NOT NULL CHECK ((JSON_VALID("counts") OR "counts" IS NULL)), "told" text NOT NULL CHECK ((JSON_VALID("told") OR "told" IS NULL)), "about" varchar(20) NOT NULL, "invented" bool NOT NULL, CONSTRAINT "count_edition_once_a_day" UNIQUE ("table", "cohort", "counted_on"), CONSTRAINT "count_edition_of_a_known_table" CHECK ("table" IN ('cohorts', 'academies', 'halves')));
CREATE TABLE "cases_delivery" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "receipt" char(32) NOT NULL UNIQUE, "announced_at" datetime NOT NULL, "from_where" varchar(8) NOT NULL, "legal_basis" varchar(8) NOT NULL, "received_at" datetime NULL, "returned_at" datetime NULL, "taken_back_at" datetime NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "officer_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "delivery_words_known" CHECK (("from_where" IN ('street', 'park', 'shops', 'transit', 'school', 'home', 'other') AND "legal_basis" IN ('ec_48264', 'asked', 'school'))), CONSTRAINT "delivery_returned_after_received" CHECK (("returned_at" IS NULL OR ("received_at" IS NOT NULL AND "returned_at" >= ("received_at")))), CONSTRAINT "delivery_taken_back_or_received" CHECK (("taken_back_at" IS NULL OR "received_at" IS NULL)));
CREATE TABLE "cases_disciplineincident" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "school_year" smallint NOT NULL, "number" varchar(40) NOT NULL, "month" date NOT NULL, "statutory" bool NOT NULL, "brought_at" datetime NOT NULL, "invented" bool NOT NULL, "school_id" bigint NOT NULL REFERENCES "places_school" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "discipline_incident_once_a_year" UNIQUE ("school_id", "school_year", "number"), CONSTRAINT "discipline_incident_has_a_number" CHECK (NOT ("number" = '')), CONSTRAINT "discipline_incident_year_believable" CHECK ("school_year" BETWEEN 1990 AND 2999));
CREATE TABLE "cases_disciplineline" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "about" varchar(7) NOT NULL, "code" varchar(8) NOT NULL, "students" smallint unsigned NULL CHECK ("students" >= 0), "incident_id" bigint NOT NULL REFERENCES "cases_disciplineincident" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "discipline_line_once" UNIQUE ("incident_id", "about", "code"), CONSTRAINT "discipline_line_known" CHECK (("about" IN ('offense', 'weapon', 'result') AND NOT ("code" = ''))), CONSTRAINT "discipline_line_counts_what_followed" CHECK ((("about" = 'result' AND "students" >= 1 AND "students" IS NOT NULL) OR (NOT ("about" = 'result') AND "students" IS NULL))));
CREATE TABLE "cases_diversioncase" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "event_on" date NOT NULL, "referred_on" date NOT NULL, "path" varchar(6) NOT NULL, "kind" varchar(16) NOT NULL, "level" varchar(12) NOT NULL, "accepts_responsibility" bool NULL, "guardian_agrees" bool NULL, "victim_heard" bool NULL, "group" varchar(8) NOT NULL, "edition" smallint unsigned NULL CHECK ("edition" >= 0), "answer" varchar(9) NOT NULL, "decided_on" date NULL, "was_offered" bool NULL, "no_offer" varchar(9) NOT NULL, "declined_on" date NULL, "signed_on" date NULL, "ends_on" date NULL, "outcome" varchar(9) NOT NULL, "outcome_on" date NULL, "determined_on" date NULL, "agency_told_on" date NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "closed_on" date NULL, CONSTRAINT "diversion_is_a_police_record" CHECK ("record_class" = 'police'), CONSTRAINT "diversion_referred_after_event" CHECK ("referred_on" >= ("event_on")), CONSTRAINT "diversion_words_known" CHECK (("path" IN ('827.95', '786.5') AND "kind" IN ('', 'homicide', 'assault', 'robbery', 'sexual_offence', 'threats', 'weapons', 'drugs', 'burglary', 'theft', 'vehicle_theft', 'fraud', 'vandalism', 'arson', 'disorder', 'traffic', 'justice', 'other') AND "level" IN ('', 'infraction', 'misdemeanor', 'felony') AND "group" IN ('asian', 'black', 'hispanic', 'native', 'pacific', 'white', 'more', 'not_said'))), CONSTRAINT "diversion_offer_or_reason" CHECK ((("answer" = '' AND "decided_on" IS NULL AND "no_offer" = '' AND "was_offered" IS NULL) OR ("answer" = 'yes' AND "decided_on" IS NOT NULL AND "no_offer" = '' AND "was_offered") OR ("answer" = 'yes' AND "decided_on" IS NOT NULL AND "no_offer" IN ('no_seat', 'referred', 'victim', 'not_found', 'moved', 'officer') AND NOT "was_offered") OR ("answer" = 'no' AND "decided_on" IS NOT NULL AND "no_offer" = '' AND NOT "was_offered"))), CONSTRAINT "diversion_signed_after_an_offer" CHECK ((("signed_on" IS NULL AND "ends_on" IS NULL) OR ("was_offered" AND "declined_on" IS NULL AND "ends_on" >= ("signed_on")))), CONSTRAINT "diversion_outcome_of_a_contract" CHECK ((("outcome" = '' AND "outcome_on" IS NULL) OR ("outcome" IN ('completed', 'failed', 'withdrawn') AND "outcome_on" >= ("signed_on")))));
CREATE TABLE "cases_diversiontally" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "quarter" date NOT NULL, "group" varchar(8) NOT NULL, "stage" varchar(11) NOT NULL, "reason" varchar(9) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "invented" bool NOT NULL, "counted" date NOT NULL, CONSTRAINT "diversion_tally_known" CHECK (("group" IN ('asian', 'black', 'hispanic', 'native', 'pacific', 'white', 'more', 'not_said') AND "stage" IN ('eligible', 'offered', 'not_offered', 'signed', 'completed', 'failed', 'withdrawn'))), CONSTRAINT "diversion_tally_reason_of_no_offer" CHECK ((("reason" IN ('no_seat', 'referred', 'victim', 'not_found', 'moved', 'officer') AND "stage" = 'not_offered') OR (NOT ("stage" = 'not_offered') AND "reason" = ''))), CONSTRAINT "diversion_tally_once" UNIQUE ("quarter", "counted", "group", "stage", "reason"));
CREATE TABLE "cases_followup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "months" smallint unsigned NOT NULL CHECK ("months" >= 0), "full_on" date NOT NULL, "found" varchar(8) NOT NULL, "source" varchar(10) NOT NULL, "on" date NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "referral_id" bigint NOT NULL REFERENCES "cases_referral" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "follow_up_once" UNIQUE ("referral_id", "months"), CONSTRAINT "follow_up_is_protected" CHECK ("record_class" = 'protected'), CONSTRAINT "follow_up_months_known" CHECK ("months" IN (6, 12, 24)), CONSTRAINT "follow_up_when_full" CHECK ("on" >= ("full_on")), CONSTRAINT "follow_up_says_from_whom" CHECK ((("found" = 'unknown' AND "source" = 'nobody') OR ("found" IN ('yes', 'no') AND NOT ("source" = 'nobody')))));
CREATE TABLE "cases_goal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "words" varchar(300) NOT NULL, "review_on" date NOT NULL, "state" varchar(8) NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "referral_id" bigint NOT NULL REFERENCES "cases_referral" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "goal_says_something" CHECK (NOT ("words" = '')), CONSTRAINT "goal_state_known" CHECK ("state" IN ('open', 'reached', 'dropped')));
CREATE TABLE "cases_guardian" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "name" varchar(200) NOT NULL, "relation" varchar(16) NOT NULL, "language" varchar(8) NOT NULL, "reach_by" varchar(8) NOT NULL, "reach_at" varchar(160) NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "guardian_has_a_name" CHECK (NOT ("name" = '')), CONSTRAINT "guardian_words_known" CHECK (("relation" IN ('parent', 'grandparent', 'relative', 'foster', 'legal_guardian', 'other') AND "language" IN ('en', 'es', 'hmn', 'zh', 'vi', 'ru', 'other') AND "reach_by" IN ('call', 'text', 'email', 'letter', 'school'))), CONSTRAINT "guardian_is_an_education_record" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_lookalike" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "facts" text NOT NULL CHECK ((JSON_VALID("facts") OR "facts" IS NULL)), "why" varchar(400) NOT NULL, "found_on" date NOT NULL, "decision" varchar(8) NOT NULL, "again_on" date NULL, "reason" varchar(300) NOT NULL, "decided_at" datetime NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "merging_id" bigint NULL REFERENCES "access_merging" ("id") DEFERRABLE INITIALLY DEFERRED, "other_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "look_alike_once" UNIQUE ("youth_id", "other_id"), CONSTRAINT "look_alike_of_two" CHECK (NOT ("youth_id" = ("other_id"))), CONSTRAINT "look_alike_decision_known" CHECK ("decision" IN ('open', 'same', 'not_same', 'later')), CONSTRAINT "look_alike_decided_with_a_reason" CHECK (("decision" = 'open' OR (NOT ("reason" = '') AND "decided_at" IS NOT NULL))), CONSTRAINT "look_alike_later_has_its_day" CHECK ((("decision" = 'later' AND "again_on" IS NOT NULL) OR (NOT ("decision" = 'later') AND "again_on" IS NULL))), CONSTRAINT "look_alike_merged_as_same" CHECK (("merging_id" IS NULL OR "decision" = 'same')), CONSTRAINT "look_alike_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_monthlytrack" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "month" date NOT NULL, "justice" varchar(7) NOT NULL, "school" varchar(7) NOT NULL, "family" varchar(7) NOT NULL, "club" varchar(7) NOT NULL, "told_on" date NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "referral_id" bigint NOT NULL REFERENCES "cases_referral" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "month_once_a_youth" UNIQUE ("youth_id", "month"), CONSTRAINT "month_words_known" CHECK (("justice" IN ('better', 'same', 'worse', 'none', 'unknown') AND "school" IN ('better', 'same', 'worse', 'none', 'unknown') AND "family" IN ('better', 'same', 'worse', 'none', 'unknown') AND "club" IN ('better', 'same', 'worse', 'none', 'unknown'))), CONSTRAINT "month_is_an_education_record" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_parentcontact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "at" datetime NOT NULL, "by_means" varchar(4) NOT NULL, "was_reached" bool NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "visit_id" bigint NOT NULL REFERENCES "cases_centrevisit" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "parent_contact_means_known" CHECK ("by_means" IN ('call', 'text', 'here', 'home')), CONSTRAINT "parent_contact_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_planstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "kind" varchar(10) NOT NULL, "due_on" date NOT NULL, "done_on" date NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "visit_id" bigint NOT NULL REFERENCES "cases_centrevisit" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "plan_step_once" UNIQUE ("visit_id", "kind"), CONSTRAINT "plan_step_known" CHECK ("kind" IN ('ride', 'safe_way', 'schedule', 'tutoring', 'counselor', 'team', 'conference', 'enrolment', 'program', 'housing')), CONSTRAINT "plan_step_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_referral" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "need" varchar(12) NOT NULL, "family_knows" bool NOT NULL, "state" varchar(10) NOT NULL, "told" varchar(8) NOT NULL, "end_reason" varchar(12) NOT NULL, "referred_on" date NOT NULL, "contacted_on" date NULL, "consented_on" date NULL, "started_on" date NULL, "ended_on" date NULL, "since" date NOT NULL, "due_on" date NULL, "stall_told_on" date NULL, "receipt" char(32) NOT NULL UNIQUE, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "consent_id" bigint NULL REFERENCES "access_consent" ("id") DEFERRABLE INITIALLY DEFERRED, "coordinator_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "offering_id" bigint NULL REFERENCES "programs_offering" ("id") DEFERRABLE INITIALLY DEFERRED, "passed_to_id" bigint NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "program_id" bigint NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, "referred_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "referring_agency_id" bigint NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "named_program_id" bigint NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, "came_from_id" bigint NULL REFERENCES "cases_referral" ("id") DEFERRABLE INITIALLY DEFERRED, "sent_as" char(32) NULL, CONSTRAINT "referral_is_an_education_record" CHECK ("record_class" = 'education'), CONSTRAINT "referral_state_has_its_dates" CHECK ((("consented_on" IS NULL AND "contacted_on" IS NULL AND "state" = 'referred') OR ("consented_on" IS NULL AND "contacted_on" IS NOT NULL AND "state" = 'contacted') OR ("consented_on" IS NOT NULL AND "started_on" IS NULL AND "state" = 'consented') OR ("started_on" IS NOT NULL AND "state" IN ('started', 'completed')) OR "state" = 'ended')), CONSTRAINT "referral_leaves_no_step_out" CHECK ((("consented_on" IS NULL OR "contacted_on" IS NOT NULL) AND ("started_on" IS NULL OR "consented_on" IS NOT NULL))), CONSTRAINT "referral_steps_in_order" CHECK ((("contacted_on" IS NULL OR "referred_on" IS NULL OR "contacted_on" >= ("referred_on")) AND ("consented_on" IS NULL OR "referred_on" IS NULL OR "consented_on" >= ("referred_on")) AND ("started_on" IS NULL OR "referred_on" IS NULL OR "started_on" >= ("referred_on")) AND ("ended_on" IS NULL OR "referred_on" IS NULL OR "ended_on" >= ("referred_on")) AND ("consented_on" IS NULL OR "contacted_on" IS NULL OR "consented_on" >= ("contacted_on")) AND ("started_on" IS NULL OR "contacted_on" IS NULL OR "started_on" >= ("contacted_on")) AND ("ended_on" IS NULL OR "contacted_on" IS NULL OR "ended_on" >= ("contacted_on")) AND ("started_on" IS NULL OR "consented_on" IS NULL OR "started_on" >= ("consented_on")) AND ("ended_on" IS NULL OR "consented_on" IS NULL OR "ended_on" >= ("consented_on")) AND ("ended_on" IS NULL OR "started_on" IS NULL OR "ended_on" >= ("started_on")))), CONSTRAINT "referral_ends_with_a_reason" CHECK ((("end_reason" = '' AND "ended_on" IS NULL AND "state" IN ('referred', 'contacted', 'consented', 'started')) OR ("end_reason" = '' AND "ended_on" IS NOT NULL AND "state" = 'completed') OR ("end_reason" IN ('declined', 'not_eligible', 'no_capacity', 'moved', 'out_of_reach', 'elsewhere', 'left', 'duplicate', 'mistake', 'transferred') AND "ended_on" IS NOT NULL AND "state" = 'ended'))), CONSTRAINT "referral_consent_is_to_a_program" CHECK (("consented_on" IS NULL OR ("consent_id" IS NOT NULL AND "program_id" IS NOT NULL))), CONSTRAINT "referral_passed_to_somebody" CHECK ((("end_reason" = 'transferred' AND "passed_to_id" IS NOT NULL) OR (NOT ("end_reason" = 'transferred') AND "passed_to_id" IS NULL))), CONSTRAINT "referral_need_known" CHECK ("need" IN ('attendance', 'learning', 'conflict', 'incident', 'group', 'family', 'work', 'other')), CONSTRAINT "referral_tells_no_more" CHECK ((("started_on" IS NOT NULL AND "state" IN ('completed', 'ended') AND "told" = 'ended') OR ("state" = 'started' AND "told" = 'started') OR ("started_on" IS NULL AND "told" = 'received'))));
CREATE TABLE "cases_releasecorrection" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "before" varchar(8) NOT NULL, "after" varchar(8) NOT NULL, "told_before" datetime NULL, "exempt_before" bool NOT NULL, "reason" varchar(300) NOT NULL, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "visit_id" bigint NOT NULL REFERENCES "cases_centrevisit" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "release_correction_words_known" CHECK (("before" IN ('school', 'parent', 'adult', 'officer') AND "after" IN ('school', 'parent', 'adult', 'officer'))), CONSTRAINT "release_correction_corrects" CHECK (NOT ("before" = ("after"))), CONSTRAINT "release_correction_has_a_reason" CHECK (NOT ("reason" = '')), CONSTRAINT "release_correction_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_rosterdifference" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "field" varchar(12) NOT NULL, "told" varchar(200) NOT NULL, "found_on" date NOT NULL, "state" varchar(8) NOT NULL, "decided_at" datetime NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "told_school_id" bigint NULL REFERENCES "places_school" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "roster_difference_says_what" CHECK ((("field" = 'legal_name' AND "told_school_id" IS NULL AND NOT ("told" = '')) OR ("field" = 'school' AND "told" = '' AND "told_school_id" IS NOT NULL))), CONSTRAINT "roster_difference_state_known" CHECK ("state" IN ('open', 'taken', 'left', 'over')), CONSTRAINT "roster_difference_decided_at_a_moment" CHECK ((("decided_at" IS NULL AND "state" = 'open') OR (NOT ("state" = 'open') AND "decided_at" IS NOT NULL))), CONSTRAINT "roster_difference_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_seatduty" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "kind" varchar(7) NOT NULL, "due_on" date NOT NULL, "done_on" date NULL, "was_reached" bool NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "cases_classseat" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "seat_duty_once" UNIQUE ("seat_id", "kind"), CONSTRAINT "seat_duty_done_with_what_came_of_it" CHECK ((("done_on" IS NULL AND "was_reached" IS NULL) OR ("done_on" IS NOT NULL AND "was_reached" IS NOT NULL))), CONSTRAINT "seat_duty_is_education" CHECK ("record_class" = 'education'), CONSTRAINT "seat_duty_known" CHECK ("kind" IN ('confirm', 'first', 'last', 'rescue', 'tell')));
CREATE TABLE "cases_service" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "planned" smallint unsigned NOT NULL CHECK ("planned" >= 0), "attended" smallint unsigned NOT NULL CHECK ("attended" >= 0), "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "offering_id" bigint NOT NULL REFERENCES "programs_offering" ("id") DEFERRABLE INITIALLY DEFERRED, "referral_id" bigint NOT NULL REFERENCES "cases_referral" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, "counted_on" date NULL, CONSTRAINT "service_once_an_offering" UNIQUE ("referral_id", "offering_id"), CONSTRAINT "service_believable" CHECK (("planned" >= 1 AND "planned" <= 400)), CONSTRAINT "service_within_plan" CHECK ("attended" <= ("planned")));
CREATE TABLE "cases_servicehours" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "receipt" char(32) NOT NULL UNIQUE, "on" date NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "kind" varchar(9) NOT NULL, "told_by" varchar(7) NOT NULL, "state" varchar(8) NOT NULL, "logged_at" datetime NOT NULL, "decided_at" datetime NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "logged_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "member_id" bigint NOT NULL REFERENCES "cases_academymember" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "hours_believable" CHECK (("minutes" >= 15 AND "minutes" <= 720)), CONSTRAINT "hours_words_known" CHECK (("kind" IN ('community', 'school', 'younger', 'parks', 'police', 'food', 'other') AND "told_by" IN ('student', 'teacher', 'host'))), CONSTRAINT "hours_decided_by_somebody" CHECK ((("decided_at" IS NULL AND "decided_by_id" IS NULL AND "state" = 'waiting') OR ("decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL AND "state" IN ('approved', 'refused')))), CONSTRAINT "hours_approved_by_another" CHECK (("decided_by_id" IS NULL OR "logged_by_id" IS NULL OR NOT ("decided_by_id" = ("logged_by_id") AND "decided_by_id" IS NOT NULL AND "logged_by_id" IS NOT NULL))), CONSTRAINT "hours_are_an_education_record" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_step" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "before" varchar(10) NOT NULL, "after" varchar(10) NOT NULL, "on" date NOT NULL, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "reason" varchar(200) NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "referral_id" bigint NOT NULL REFERENCES "cases_referral" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "step_leads_somewhere" CHECK ("after" IN ('referred', 'contacted', 'consented', 'started', 'completed', 'ended')));
CREATE TABLE "cases_termproof" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "amount" integer unsigned NOT NULL CHECK ("amount" >= 0), "on" date NOT NULL, "receipt" char(32) NOT NULL UNIQUE, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "term_id" bigint NOT NULL REFERENCES "cases_contractterm" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "term_proof_of_something" CHECK ("amount" >= 1), CONSTRAINT "term_proof_is_police" CHECK ("record_class" = 'police'));
CREATE TABLE "cases_truancydeed" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "kind" varchar(14) NOT NULL, "on" date NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "truancy_deed_once_a_day" UNIQUE ("youth_id", "kind", "on"), CONSTRAINT "truancy_deed_known" CHECK ("kind" IN ('report', 'notice', 'conference', 'sarb_referral', 'sarb_notice')), CONSTRAINT "truancy_deed_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_visitfollowup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "days" smallint unsigned NOT NULL CHECK ("days" >= 0), "due_on" date NOT NULL, "done_on" date NULL, "found" varchar(12) NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "visit_id" bigint NOT NULL REFERENCES "cases_centrevisit" ("id") DEFERRABLE INITIALLY DEFERRED, "youth_id" bigint NOT NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "visit_follow_up_once" UNIQUE ("visit_id", "days"), CONSTRAINT "visit_follow_up_done_with_what_was_found" CHECK ((("done_on" IS NULL AND "found" = '') OR ("done_on" IS NOT NULL AND "found" IN ('yes', 'partly', 'no', 'moved', 'not_reached')))), CONSTRAINT "visit_follow_up_is_education" CHECK ("record_class" = 'education'));
CREATE TABLE "cases_youth" ("subject" varchar(120) NOT NULL, "record_class" varchar(30) NOT NULL, "sealed_at" datetime NULL, "id" bigint NOT NULL PRIMARY KEY, "legal_name" varchar(200) NOT NULL, "preferred_name" varchar(100) NOT NULL, "born_on" date NOT NULL, "local_number" varchar(20) NOT NULL, "home_language" varchar(8) NOT NULL, "entered_on" date NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "coordinator_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "school_id" bigint NULL REFERENCES "places_school" ("id") DEFERRABLE INITIALLY DEFERRED, "merged_into_id" bigint NULL REFERENCES "cases_youth" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "youth_is_an_education_record" CHECK ("record_class" = 'education'), CONSTRAINT "youth_has_a_name" CHECK (NOT ("legal_name" = '')), CONSTRAINT "youth_born_before_entered" CHECK ("born_on" < ("entered_on")), CONSTRAINT "youth_language_known" CHECK ("home_language" IN ('en', 'es', 'hmn', 'zh', 'vi', 'ru', 'other')));
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "django_tasks_database_dbtaskresult" ("id" char(32) NOT NULL PRIMARY KEY, "args_kwargs" text NOT NULL CHECK ((JSON_VALID("args_kwargs") OR "args_kwargs" IS NULL)), "priority" integer NOT NULL, "task_path" text NOT NULL, "queue_name" varchar(32) NOT NULL, "backend_name" varchar(32) NOT NULL, "run_after" datetime NOT NULL, "enqueued_at" datetime NOT NULL, "finished_at" datetime NULL, "started_at" datetime NULL, "return_value" text NULL CHECK ((JSON_VALID("return_value") OR "return_value" IS NULL)), "exception_class_path" text NOT NULL, "traceback" text NOT NULL, "worker_ids" text NOT NULL CHECK ((JSON_VALID("worker_ids") OR "worker_ids" IS NULL)), "status" varchar(10) NOT NULL, CONSTRAINT "priority_range" CHECK ("priority" BETWEEN -100 AND 100));
CREATE TABLE "exchange_importrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "exchange" varchar(60) NOT NULL, "file_name" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "size" bigint NOT NULL, "options" text NOT NULL CHECK ((JSON_VALID("options") OR "options" IS NULL)), "state" varchar(12) NOT NULL, "report" text NOT NULL CHECK ((JSON_VALID("report") OR "report" IS NULL)), "problem" text NOT NULL, "job_id" char(32) NULL, "account_id" bigint NULL, "account_name" varchar(200) NOT NULL, "membership_id" bigint NULL, "agency_id" bigint NULL, "started_at" datetime NOT NULL, "applied_at" datetime NULL, "file_id" bigint NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "forgotten_at" datetime NULL, CONSTRAINT "import_state_known" CHECK ("state" IN ('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded')), CONSTRAINT "import_size_not_negative" CHECK ("size" >= 0), CONSTRAINT "import_applied_has_its_time" CHECK ((("applied_at" IS NOT NULL AND "state" = 'applied') OR (NOT ("state" = 'applied') AND "applied_at" IS NULL))));
CREATE TABLE "files_storedfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sha256" varchar(64) NOT NULL UNIQUE, "size" bigint NOT NULL, "media_type" varchar(120) NOT NULL, "first_name" varchar(255) NOT NULL, "stored_at" datetime NOT NULL, CONSTRAINT "stored_file_size_not_negative" CHECK ("size" >= 0));
CREATE TABLE "funding_allocation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "amount_cents" bigint NOT NULL, "match_cents" bigint NOT NULL, "on" date NOT NULL, "at" datetime NOT NULL, "withdrawn_on" date NULL, "withdrawn_by_name" varchar(200) NOT NULL, "withdrawn_reason" text NOT NULL, "invented" bool NOT NULL, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "line_id" bigint NOT NULL REFERENCES "grants_budgetline" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawn_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "work_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, "approval_id" bigint NOT NULL REFERENCES "funding_approval" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "allocation_of_something" CHECK (("amount_cents" >= 0 AND "match_cents" >= 0 AND ("amount_cents" > 0 OR "match_cents" > 0))), CONSTRAINT "allocation_withdrawn_with_reason" CHECK ((("withdrawn_by_name" = '' AND "withdrawn_on" IS NULL AND "withdrawn_reason" = '') OR ("withdrawn_on" IS NOT NULL AND NOT ("withdrawn_reason" = '') AND NOT ("withdrawn_by_name" = '')))));
CREATE TABLE "funding_approval" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "on" date NOT NULL, "note" text NOT NULL, "asked_by_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "plan_id" bigint NOT NULL UNIQUE REFERENCES "funding_plan" ("id") DEFERRABLE INITIALLY DEFERRED, "scenario_id" bigint NOT NULL UNIQUE REFERENCES "funding_scenario" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "approval_names_who" CHECK ("by_id" IS NOT NULL), CONSTRAINT "approval_two_persons" CHECK (NOT ("by_id" = ("asked_by_id") AND "by_id" IS NOT NULL)));
CREATE TABLE "funding_awardscope" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "takes_part" bool NOT NULL, "trades" varchar(200) NOT NULL, "reason" varchar(300) NOT NULL, "award_id" bigint NOT NULL UNIQUE REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "line_trades" text NOT NULL CHECK ((JSON_VALID("line_trades") OR "line_trades" IS NULL)), CONSTRAINT "award_scope_has_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "funding_awardscope_campuses" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "awardscope_id" bigint NOT NULL REFERENCES "funding_awardscope" ("id") DEFERRABLE INITIALLY DEFERRED, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "funding_candidatefact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "fact" varchar(9) NOT NULL, "value" varchar(80) NOT NULL, "reason" varchar(300) NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "work_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "candidate_fact_once" UNIQUE ("work_id", "fact"), CONSTRAINT "candidate_fact_known" CHECK ("fact" IN ('category', 'lead_days', 'benefit', 'bundle')), CONSTRAINT "candidate_fact_has_value_and_reason" CHECK ((NOT ("value" = '') AND NOT ("reason" = ''))));
CREATE TABLE "funding_plan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "title" varchar(200) NOT NULL, "on" date NOT NULL, "instance" text NOT NULL CHECK ((JSON_VALID("instance") OR "instance" IS NULL)), "references" text NOT NULL CHECK ((JSON_VALID("references") OR "references" IS NULL)), "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "funding_plan_has_title" CHECK (NOT ("title" = '')));
CREATE TABLE "funding_priceoption" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "cost_cents" bigint NOT NULL, "benefit" real NULL, "reason" varchar(300) NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "line_id" bigint NOT NULL REFERENCES "grants_budgetline" ("id") DEFERRABLE INITIALLY DEFERRED, "work_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "price_option_once" UNIQUE ("work_id", "line_id"), CONSTRAINT "price_option_costs_something" CHECK ("cost_cents" > 0), CONSTRAINT "price_option_benefit_not_negative" CHECK (("benefit" IS NULL OR "benefit" >= 0.0)), CONSTRAINT "price_option_has_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "funding_scenario" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "title" varchar(200) NOT NULL, "locked_in" text NOT NULL CHECK ((JSON_VALID("locked_in") OR "locked_in" IS NULL)), "locked_out" text NOT NULL CHECK ((JSON_VALID("locked_out") OR "locked_out" IS NULL)), "funds_out" text NOT NULL CHECK ((JSON_VALID("funds_out") OR "funds_out" IS NULL)), "share_percent" smallint unsigned NOT NULL CHECK ("share_percent" >= 0), "match_available_cents" bigint NULL, "site_min" text NOT NULL CHECK ((JSON_VALID("site_min") OR "site_min" IS NULL)), "site_max" text NOT NULL CHECK ((JSON_VALID("site_max") OR "site_max" IS NULL)), "equity" text NOT NULL CHECK ((JSON_VALID("equity") OR "equity" IS NULL)), "may_split" bool NOT NULL, "gap" decimal NOT NULL, "seconds" smallint unsigned NOT NULL CHECK ("seconds" >= 0), "frontier_steps" smallint unsigned NOT NULL CHECK ("frontier_steps" >= 0), "state" varchar(9) NOT NULL, "job_id" char(32) NULL, "answer" text NULL CHECK ((JSON_VALID("answer") OR "answer" IS NULL)), "frontier" text NULL CHECK ((JSON_VALID("frontier") OR "frontier" IS NULL)), "failure" text NOT NULL, "computed_at" datetime NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "plan_id" bigint NOT NULL REFERENCES "funding_plan" ("id") DEFERRABLE INITIALLY DEFERRED, "copied_from_id" bigint NULL REFERENCES "funding_scenario" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "scenario_title_once" UNIQUE ("plan_id", "title"), CONSTRAINT "scenario_has_title" CHECK (NOT ("title" = '')), CONSTRAINT "scenario_state_known" CHECK ("state" IN ('asked', 'computing', 'ready', 'failed')), CONSTRAINT "scenario_ready_has_answer" CHECK ((("answer" IS NOT NULL AND "computed_at" IS NOT NULL AND "state" = 'ready') OR (NOT ("state" = 'ready') AND "answer" IS NULL))), CONSTRAINT "scenario_failed_says_why" CHECK ((NOT ("state" = 'failed') OR NOT ("failure" = ''))), CONSTRAINT "scenario_share_up_to_100" CHECK ("share_percent" <= 100), CONSTRAINT "scenario_gap_is_a_share" CHECK (("gap" >= '0' AND "gap" <= '1')), CONSTRAINT "scenario_seconds_bounded" CHECK (("seconds" >= 1 AND "seconds" <= 600)), CONSTRAINT "scenario_frontier_bounded" CHECK ("frontier_steps" <= 100), CONSTRAINT "scenario_match_not_negative" CHECK (("match_available_cents" IS NULL OR "match_available_cents" >= 0)));
CREATE TABLE "funding_transferneed" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "amount_cents" bigint NOT NULL, "at" datetime NOT NULL, "invented" bool NOT NULL, "approval_id" bigint NOT NULL REFERENCES "funding_approval" ("id") DEFERRABLE INITIALLY DEFERRED, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "from_line_id" bigint NOT NULL REFERENCES "grants_budgetline" ("id") DEFERRABLE INITIALLY DEFERRED, "to_line_id" bigint NOT NULL REFERENCES "grants_budgetline" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "transfer_need_of_something" CHECK ("amount_cents" > 0), CONSTRAINT "transfer_need_between_two" CHECK (NOT ("from_line_id" = ("to_line_id"))));
CREATE TABLE "funding_worklink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "kind" varchar(11) NOT NULL, "reason" varchar(300) NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "other_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, "work_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "work_link_once" UNIQUE ("work_id", "other_id", "kind"), CONSTRAINT "work_link_kind_known" CHECK ("kind" IN ('requires', 'conflicts', 'alternative')), CONSTRAINT "work_link_between_two" CHECK (NOT ("work_id" = ("other_id"))), CONSTRAINT "work_link_has_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "grants_amendment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "approval" varchar(120) NOT NULL, "approved_on" date NOT NULL, "text" text NOT NULL, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "end_before" date NULL, "end_after" date NULL, "cents_before" bigint NULL, "cents_after" bigint NULL, "match_before" decimal NULL, "match_after" decimal NULL, "waived_before" decimal NULL, "waived_after" decimal NULL, CONSTRAINT "amendment_kind_known" CHECK ("kind" IN ('extension', 'amount', 'scope', 'key_person', 'match', 'terms')), CONSTRAINT "amendment_is_approved" CHECK ((NOT ("approval" = '') AND NOT ("text" = ''))));
CREATE TABLE "grants_application" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "requested_cents" bigint NOT NULL, "match_cents" bigint NOT NULL, "summary" text NOT NULL, "outcome" varchar(9) NOT NULL, "submitted_on" date NULL, "decided_on" date NULL, "invented" bool NOT NULL, "opportunity_id" bigint NOT NULL UNIQUE REFERENCES "grants_opportunity" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "application_asks_for_something" CHECK (("match_cents" >= 0 AND "requested_cents" > 0)), CONSTRAINT "application_submitted_on_a_day" CHECK (("outcome" IN ('drafting', 'withdrawn') OR "submitted_on" IS NOT NULL)), CONSTRAINT "application_decided_on_a_day" CHECK ((("decided_on" >= ("submitted_on") AND "outcome" IN ('awarded', 'declined')) OR (NOT ("outcome" IN ('awarded', 'declined')) AND "decided_on" IS NULL))));
CREATE TABLE "grants_applicationpart" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(9) NOT NULL, "title" varchar(200) NOT NULL, "amount_cents" bigint NULL, "file_name" varchar(255) NOT NULL, "application_id" bigint NOT NULL REFERENCES "grants_application" ("id") DEFERRABLE INITIALLY DEFERRED, "file_id" bigint NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "application_part_has_title" CHECK (NOT ("title" = '')), CONSTRAINT "application_part_known" CHECK ("kind" IN ('budget', 'letter', 'narrative', 'other')), CONSTRAINT "application_part_amount_of_budget" CHECK (("amount_cents" IS NULL OR ("amount_cents" > 0 AND "kind" = 'budget'))));
CREATE TABLE "grants_award" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "funder_name" varchar(200) NOT NULL, "funder" varchar(8) NOT NULL, "number" varchar(60) NOT NULL, "aln" varchar(6) NOT NULL, "amount_cents" bigint NOT NULL, "awarded_on" date NOT NULL, "start" date NOT NULL, "end" date NOT NULL, "match_percent" decimal NOT NULL, "match_waived_percent" decimal NOT NULL, "match_waiver" varchar(200) NOT NULL, "match_in_cash_only" bool NOT NULL, "allowed" varchar(200) NOT NULL, "transfer_percent" smallint unsigned NULL CHECK ("transfer_percent" >= 0), "forbids_supplanting" bool NOT NULL, "may_subaward" bool NOT NULL, "is_reimbursed" bool NOT NULL, "holds_draws_when_late" bool NOT NULL, "final_days" smallint unsigned NULL CHECK ("final_days" >= 0), "financial_every" varchar(9) NOT NULL, "progress_every" varchar(9) NOT NULL, "terms" text NOT NULL, "source" varchar(300) NOT NULL, "closed_on" date NULL, "closed_by_name" varchar(200) NOT NULL, "invented_ledger" bool NOT NULL, "invented_terms" bool NOT NULL, "application_id" bigint NULL UNIQUE REFERENCES "grants_application" ("id") DEFERRABLE INITIALLY DEFERRED, "counts_match_of_others" bool NOT NULL, CONSTRAINT "award_has_names" CHECK ((NOT ("title" = '') AND NOT ("funder_name" = ''))), CONSTRAINT "award_amount_positive" CHECK ("amount_cents" > 0), CONSTRAINT "award_period_in_order" CHECK ("end" >= ("start")), CONSTRAINT "award_match_makes_sense" CHECK (("match_percent" >= '0' AND "match_percent" < '100' AND "match_waived_percent" >= '0' AND "match_waived_percent" <= ("match_percent"))), CONSTRAINT "award_waiver_is_named" CHECK (("match_waived_percent" = '0' OR NOT ("match_waiver" = ''))), CONSTRAINT "award_transfer_percent_up_to_100" CHECK (("transfer_percent" IS NULL OR "transfer_percent" <= 100)), CONSTRAINT "award_report_intervals_known" CHECK (("financial_every" IN ('quarter', 'half_year', 'year') AND "progress_every" IN ('quarter', 'half_year', 'year'))), CONSTRAINT "award_funder_known" CHECK ("funder" IN ('federal', 'passed', 'other')));
CREATE TABLE "grants_budgetline" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(20) NOT NULL, "title" varchar(200) NOT NULL, "category" varchar(12) NOT NULL, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "budget_line_once" UNIQUE ("award_id", "code"), CONSTRAINT "budget_line_has_names" CHECK ((NOT ("code" = '') AND NOT ("title" = ''))), CONSTRAINT "budget_line_category_known" CHECK ("category" IN ('personnel', 'fringe', 'travel', 'equipment', 'supplies', 'contractual', 'construction', 'participant', 'subaward', 'other', 'indirect')));
CREATE TABLE "grants_calendarfeed" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "made_at" datetime NOT NULL, "revoked_at" datetime NULL, "last_read_at" datetime NULL, "membership_id" bigint NOT NULL REFERENCES "access_membership" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "calendar_feed_is_named" CHECK (NOT ("name" = '')));
CREATE TABLE "grants_entry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "kind" varchar(11) NOT NULL, "amount_cents" bigint NOT NULL, "on" date NOT NULL, "incurred_on" date NOT NULL, "document" varchar(80) NOT NULL, "payee" varchar(200) NOT NULL, "description" varchar(300) NOT NULL, "external_id" varchar(80) NOT NULL, "match_kind" varchar(8) NOT NULL, "adds_to_local_money" bool NOT NULL, "agreement" varchar(120) NOT NULL, "invented" bool NOT NULL, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "line_id" bigint NULL REFERENCES "grants_budgetline" ("id") DEFERRABLE INITIALLY DEFERRED, "override_id" bigint NULL UNIQUE REFERENCES "grants_overriderequest" ("id") DEFERRABLE INITIALLY DEFERRED, "transfer_id" bigint NULL REFERENCES "grants_transfer" ("id") DEFERRABLE INITIALLY DEFERRED, "obligation_id" bigint NULL REFERENCES "grants_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "reverses_id" bigint NULL UNIQUE REFERENCES "grants_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "gl_account" varchar(60) NULL, "given_by" varchar(200) NULL, CONSTRAINT "entry_kind_known" CHECK ("kind" IN ('budget', 'obligation', 'expenditure', 'draw', 'match')), CONSTRAINT "entry_is_of_something" CHECK (NOT ("amount_cents" = 0)), CONSTRAINT "entry_says_what" CHECK (NOT ("description" = '')), CONSTRAINT "entry_line_where_it_belongs" CHECK ((("kind" IN ('budget', 'obligation', 'expenditure') AND "line_id" IS NOT NULL) OR ("kind" IN ('draw', 'match') AND "line_id" IS NULL))), CONSTRAINT "entry_match_names_its_kind" CHECK ((("kind" = 'match' AND "match_kind" IN ('cash', 'in_kind')) OR (NOT ("kind" = 'match') AND "match_kind" = ''))), CONSTRAINT "entry_only_costs_pay_obligations" CHECK (("obligation_id" IS NULL OR "kind" IN ('expenditure', 'obligation'))), CONSTRAINT "entry_incurred_before_paid" CHECK ("incurred_on" <= ("on")));
CREATE TABLE "grants_evidence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "text" varchar(300) NOT NULL, "file_name" varchar(255) NOT NULL, "invented" bool NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "entry_id" bigint NOT NULL REFERENCES "grants_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "file_id" bigint NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "entry_evidence_says_something" CHECK ((NOT ("text" = '') OR "file_id" IS NOT NULL)));
CREATE TABLE "grants_lapsealert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "days" smallint unsigned NOT NULL CHECK ("days" >= 0), "ends_on" date NOT NULL, "raised_on" date NOT NULL, "unspent_cents" bigint NOT NULL, "expected_cents" bigint NULL, "low_cents" bigint NULL, "high_cents" bigint NULL, "seen_at" datetime NULL, "seen_by_name" varchar(200) NOT NULL, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "lapse_alert_once" UNIQUE ("award_id", "days", "ends_on"));
CREATE TABLE "grants_ledgeraccount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account" varchar(60) NOT NULL UNIQUE, "kind" varchar(11) NOT NULL, "credit_is_positive" bool NOT NULL, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "line_id" bigint NULL REFERENCES "grants_budgetline" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "ledger_account_is_named" CHECK (NOT ("account" = '')), CONSTRAINT "ledger_account_line_where_it_belongs" CHECK ((("kind" IN ('budget', 'obligation', 'expenditure') AND "line_id" IS NOT NULL) OR ("kind" = 'draw' AND "line_id" IS NULL))));
CREATE TABLE "grants_monthsum" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "line_key" bigint NOT NULL, "month" date NOT NULL, "budgeted" bigint NOT NULL, "obligated" bigint NOT NULL, "liquidated" bigint NOT NULL, "expended" bigint NOT NULL, "drawn" bigint NOT NULL, "matched" bigint NOT NULL, "entries" bigint NOT NULL, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "month_sum_once" UNIQUE ("award_id", "line_key", "month"), CONSTRAINT "month_sum_of_a_month" CHECK (django_date_extract('day', "month") = 1));
CREATE TABLE "grants_opportunity" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "funder_name" varchar(200) NOT NULL, "funder" varchar(8) NOT NULL, "number" varchar(60) NOT NULL, "aln" varchar(6) NOT NULL, "opens" date NULL, "closes" date NOT NULL, "ceiling_cents" bigint NULL, "match_percent" decimal NOT NULL, "eligibility" text NOT NULL, "purpose" text NOT NULL, "choice" varchar(5) NOT NULL, "choice_reason" text NOT NULL, "chosen_on" date NULL, "chosen_by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, CONSTRAINT "opportunity_has_names" CHECK ((NOT ("title" = '') AND NOT ("funder_name" = ''))), CONSTRAINT "opportunity_days_in_order" CHECK (("opens" IS NULL OR "closes" >= ("opens"))), CONSTRAINT "opportunity_match_makes_sense" CHECK (("match_percent" >= '0' AND "match_percent" < '100')), CONSTRAINT "opportunity_choice_is_reasoned" CHECK ((("choice" = 'open' AND "chosen_on" IS NULL) OR (NOT ("choice" = 'open') AND NOT ("choice_reason" = '') AND "chosen_on" IS NOT NULL))));
CREATE TABLE "grants_overriderequest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rule" varchar(30) NOT NULL, "why" varchar(30) NOT NULL, "citation" varchar(100) NOT NULL, "message" text NOT NULL, "reason" text NOT NULL, "action" varchar(8) NOT NULL, "draft" text NOT NULL CHECK ((JSON_VALID("draft") OR "draft" IS NULL)), "asked_at" datetime NOT NULL, "asked_by_name" varchar(200) NOT NULL, "state" varchar(7) NOT NULL, "decided_at" datetime NULL, "decided_by_name" varchar(200) NOT NULL, "decision_reason" text NOT NULL, "asked_by_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "whys" text NOT NULL CHECK ((JSON_VALID("whys") OR "whys" IS NULL)), CONSTRAINT "override_has_reason" CHECK (NOT ("reason" = '')), CONSTRAINT "override_decided_by_somebody" CHECK ((("decided_at" IS NULL AND "decided_by_id" IS NULL AND "state" = 'asked') OR (NOT ("state" = 'asked') AND "decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL))), CONSTRAINT "override_two_persons" CHECK (("decided_by_id" IS NULL OR NOT ("decided_by_id" = ("asked_by_id") AND "decided_by_id" IS NOT NULL))), CONSTRAINT "override_why_known" CHECK ("why" IN ('before_period', 'after_period', 'after_liquidation', 'category', 'line_exceeded', 'award_exceeded', 'obligation_exceeded', 'drawn_ahead', 'draw_exceeds_award', 'draw_before_period', 'draw_too_late', 'report_late', 'match_kind', 'match_of_others', 'match_unproved', 'supplanting_unsaid', 'no_subawards', 'subaward_unnamed', 'transfers_above', 'participant_support', 'indirect', 'not_approved', 'budget_above_award', 'closed')));
CREATE TABLE "grants_position" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "program" varchar(120) NOT NULL, "program_title" varchar(200) NOT NULL, "annual_cents" bigint NOT NULL, "starts" date NOT NULL, "ends" date NULL, "invented" bool NOT NULL, CONSTRAINT "position_is_something" CHECK ((NOT ("title" = '') AND "annual_cents" > 0)), CONSTRAINT "position_days_in_order" CHECK (("ends" IS NULL OR "ends" >= ("starts"))));
CREATE TABLE "grants_positionfunding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "local_source" varchar(120) NOT NULL, "start" date NOT NULL, "end" date NOT NULL, "share" integer unsigned NOT NULL CHECK ("share" >= 0), "invented" bool NOT NULL, "award_id" bigint NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "position_id" bigint NOT NULL REFERENCES "grants_position" ("id") DEFERRABLE INITIALLY DEFERRED, "divisor" smallint unsigned NOT NULL CHECK ("divisor" >= 0), CONSTRAINT "position_funding_in_order" CHECK ("end" >= ("start")), CONSTRAINT "position_funding_has_one_source" CHECK ((("award_id" IS NOT NULL AND "local_source" = '') OR ("award_id" IS NULL AND NOT ("local_source" = '')))), CONSTRAINT "position_share_makes_sense" CHECK (("divisor" > 0 AND "share" > 0 AND "share" <= (10000 * "divisor"))));
CREATE TABLE "grants_purpose" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "kind" varchar(10) NOT NULL, "target" varchar(120) NOT NULL, "title" varchar(200) NOT NULL, "amount_cents" bigint NOT NULL, "invented" bool NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "entry_id" bigint NOT NULL REFERENCES "grants_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "takes_back_id" bigint NULL UNIQUE REFERENCES "grants_purpose" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "purpose_kind_known" CHECK ("kind" IN ('work', 'finding', 'initiative', 'position')), CONSTRAINT "purpose_says_what" CHECK ((NOT ("target" = '') AND NOT ("title" = '') AND NOT ("amount_cents" = 0))));
CREATE TABLE "grants_reportdue" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(9) NOT NULL, "start" date NOT NULL, "end" date NOT NULL, "due" date NOT NULL, "is_final" bool NOT NULL, "submitted_on" date NULL, "submitted_by_name" varchar(200) NOT NULL, "note" varchar(300) NOT NULL, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "report_due_once" UNIQUE ("award_id", "kind", "end"), CONSTRAINT "report_period_in_order" CHECK ("end" >= ("start")), CONSTRAINT "report_not_sent_before_its_period" CHECK (("submitted_on" IS NULL OR "submitted_on" >= ("start"))), CONSTRAINT "report_kind_known" CHECK ("kind" IN ('financial', 'progress')));
CREATE TABLE "grants_signoff" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(40) NOT NULL, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "application_id" bigint NOT NULL REFERENCES "grants_application" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "signed_once_a_role" UNIQUE ("application_id", "role"));
CREATE TABLE "grants_transfer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "amount_cents" bigint NOT NULL, "on" date NOT NULL, "reason" varchar(300) NOT NULL, "approval" varchar(120) NOT NULL, "invented" bool NOT NULL, "award_id" bigint NOT NULL REFERENCES "grants_award" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "from_line_id" bigint NOT NULL REFERENCES "grants_budgetline" ("id") DEFERRABLE INITIALLY DEFERRED, "override_id" bigint NULL UNIQUE REFERENCES "grants_overriderequest" ("id") DEFERRABLE INITIALLY DEFERRED, "to_line_id" bigint NOT NULL REFERENCES "grants_budgetline" ("id") DEFERRABLE INITIALLY DEFERRED, "takes_back_id" bigint NULL REFERENCES "grants_transfer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "transfer_of_something" CHECK ("amount_cents" > 0), CONSTRAINT "transfer_has_reason" CHECK (NOT ("reason" = '')), CONSTRAINT "transfer_between_two" CHECK (NOT ("from_line_id" = ("to_line_id"))));
CREATE TABLE "incidents_hourtally" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "month" date NOT NULL, "weekday" smallint unsigned NOT NULL CHECK ("weekday" >= 0), "hour" smallint unsigned NOT NULL CHECK ("hour" >= 0), "at_campus" bool NOT NULL, "near_campus" bool NOT NULL, "incidents" integer NOT NULL, CONSTRAINT "hour_tally_once" UNIQUE ("month", "weekday", "hour", "at_campus", "near_campus"));
CREATE TABLE "incidents_incident" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "source" varchar(10) NOT NULL, "source_key" varchar(48) NOT NULL, "content_digest" varchar(32) NOT NULL, "occurred_at" datetime NOT NULL, "local_date" date NOT NULL, "local_minute" smallint NOT NULL, "local_hour" smallint NOT NULL, "local_weekday" smallint NOT NULL, "school_year" smallint NOT NULL, "category" varchar(16) NOT NULL, "is_crime" bool NOT NULL, "address" varchar(160) NOT NULL, "address_key" varchar(200) NOT NULL, "district" varchar(16) NOT NULL, "beat" varchar(16) NOT NULL, "grid" varchar(16) NOT NULL, "longitude" real NULL, "latitude" real NULL, "placement" varchar(5) NOT NULL, "method" varchar(8) NOT NULL, "distance_m" real NULL, "at_campus" bool NOT NULL, "near_campus" bool NOT NULL, "in_school_hours" bool NOT NULL, "spot" varchar(80) DEFAULT '' NOT NULL, "case_number" varchar(40) DEFAULT '' NOT NULL, "record_class" varchar(24) NOT NULL, "generated" bool NOT NULL, "recorded_at" datetime NOT NULL, "changed_at" datetime NULL, "agency_id" bigint NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "offence_id" bigint NOT NULL REFERENCES "incidents_offence" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "incident_once" UNIQUE ("source", "source_key"), CONSTRAINT "incident_clock_plausible" CHECK (("local_minute" BETWEEN 0 AND 1439 AND "local_weekday" BETWEEN 0 AND 6)), CONSTRAINT "incident_position_whole_and_on_earth" CHECK ((("latitude" IS NULL AND "longitude" IS NULL AND "placement" = 'none') OR (NOT ("placement" = 'none') AND "latitude" BETWEEN -90.0 AND 90.0 AND "longitude" BETWEEN -180.0 AND 180.0))), CONSTRAINT "incident_attribution_consistent" CHECK (((NOT "at_campus" AND "campus_id" IS NULL AND "method" = 'none' AND NOT "near_campus") OR ("at_campus" AND "campus_id" IS NOT NULL AND "method" = 'address') OR (NOT "at_campus" AND "campus_id" IS NOT NULL AND "method" = 'distance' AND "near_campus"))));
CREATE TABLE "incidents_monthtally" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "month" date NOT NULL, "site" bigint unsigned NOT NULL CHECK ("site" >= 0), "category" varchar(16) NOT NULL, "at_campus" bool NOT NULL, "near_campus" bool NOT NULL, "in_school_hours" bool NOT NULL, "generated" bool NOT NULL, "incidents" integer NOT NULL, CONSTRAINT "month_tally_once" UNIQUE ("month", "site", "category", "at_campus", "near_campus", "in_school_hours", "generated"));
CREATE TABLE "incidents_offence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(16) NOT NULL, "description" varchar(200) NOT NULL, "category" varchar(16) NOT NULL, "nibrs" varchar(3) NOT NULL, "school_statute" bool NOT NULL, CONSTRAINT "offence_once" UNIQUE ("code", "description", "category"), CONSTRAINT "offence_category_known" CHECK ("category" IN ('homicide', 'assault', 'robbery', 'sexual_offence', 'threats', 'weapons', 'drugs', 'burglary', 'theft', 'vehicle_theft', 'fraud', 'vandalism', 'arson', 'disorder', 'traffic', 'justice', 'other', 'missing', 'non_crime')));
CREATE TABLE "initiatives_blocker" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "needs" varchar(300) NOT NULL, "opened_on" date NOT NULL, "cleared_on" date NULL, "how_cleared" varchar(300) NOT NULL, "invented" bool NOT NULL, "initiative_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "blocker_cleared_after_opened" CHECK (("cleared_on" IS NULL OR "cleared_on" >= ("opened_on"))));
CREATE TABLE "initiatives_decision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "text" text NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "initiative_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, "meeting_id" bigint NULL REFERENCES "initiatives_meeting" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "initiatives_duechange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "from_due" date NULL, "to_due" date NOT NULL, "reason" text NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "initiative_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "initiative_due_change_has_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "initiatives_fact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "mark" varchar(12) NOT NULL, "source" varchar(200) NOT NULL, "dated" date NULL, "initiative_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "fact_mark_known" CHECK ("mark" IN ('public', 'computed', 'memory', 'assumption')), CONSTRAINT "fact_names_its_source" CHECK ((NOT ("mark" IN ('public', 'computed')) OR NOT ("source" = ''))));
CREATE TABLE "initiatives_fundingfact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(50) NOT NULL UNIQUE, "name" varchar(200) NOT NULL, "funder" varchar(200) NOT NULL, "award_number" varchar(40) NOT NULL, "awarded_year" integer unsigned NULL CHECK ("awarded_year" >= 0), "amount_cents" bigint NOT NULL, "period" varchar(60) NOT NULL, "purpose" varchar(300) NOT NULL, "mark" varchar(12) NOT NULL, "source" varchar(200) NOT NULL, "part_of_id" bigint NULL REFERENCES "initiatives_fundingfact" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "funding_mark_known" CHECK ("mark" IN ('public', 'computed', 'memory', 'assumption')), CONSTRAINT "funding_not_negative" CHECK ("amount_cents" >= 0));
CREATE TABLE "initiatives_goal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL UNIQUE CHECK ("number" >= 0), "title" varchar(200) NOT NULL, "invented" bool NOT NULL, "key" varchar(60) NOT NULL UNIQUE);
CREATE TABLE "initiatives_initiative" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "number" integer unsigned NULL UNIQUE CHECK ("number" >= 0), "title" varchar(200) NOT NULL, "kind" varchar(12) NOT NULL, "strand" varchar(12) NOT NULL, "summary" text NOT NULL, "owner_role" varchar(40) NOT NULL, "start" date NULL, "due" date NULL, "first_due" date NULL, "closed_on" date NULL, "cadence" varchar(120) NOT NULL, "meets_every_days" integer unsigned NULL CHECK ("meets_every_days" >= 0), "invented" bool NOT NULL, "dates_invented" bool NOT NULL, "owner_id" bigint NULL REFERENCES "access_membership" ("id") DEFERRABLE INITIALLY DEFERRED, "objective_id" bigint NULL REFERENCES "initiatives_objective" ("id") DEFERRABLE INITIALLY DEFERRED, "ended" varchar(10) NOT NULL, "part_of_id" bigint NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "initiative_kind_known" CHECK ("kind" IN ('initiative', 'programme', 'body')), CONSTRAINT "initiative_strand_known" CHECK ("strand" IN ('frame', 'result', 'initiative', 'programme', 'next_step')), CONSTRAINT "initiative_first_due_is_kept" CHECK (("due" IS NULL OR "first_due" IS NOT NULL)), CONSTRAINT "initiative_not_part_of_itself" CHECK (("part_of_id" IS NULL OR NOT ("part_of_id" = ("id") AND "part_of_id" IS NOT NULL))), CONSTRAINT "initiative_only_bodies_meet" CHECK (("kind" = 'body' OR "meets_every_days" IS NULL)), CONSTRAINT "initiative_closed_has_its_day" CHECK ((("closed_on" IS NOT NULL AND "ended" IN ('complete', 'stopped')) OR ("closed_on" IS NULL AND "ended" = ''))));
CREATE TABLE "initiatives_measurelink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "measure_key" varchar(80) NOT NULL, "baseline" decimal NOT NULL, "baseline_on" date NOT NULL, "target" decimal NOT NULL, "due" date NOT NULL, "invented" bool NOT NULL, "objective_id" bigint NOT NULL REFERENCES "initiatives_objective" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "objective_measured_once" UNIQUE ("objective_id", "measure_key"), CONSTRAINT "target_after_baseline" CHECK ("due" > ("baseline_on")));
CREATE TABLE "initiatives_meeting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "held_on" date NOT NULL, "note" text NOT NULL, "invented" bool NOT NULL, "body_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "meeting_once_a_day" UNIQUE ("body_id", "held_on"));
CREATE TABLE "initiatives_milestone" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "due" date NOT NULL, "done_on" date NULL, "evidence" varchar(500) NOT NULL, "invented" bool NOT NULL, "initiative_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "milestone_named_once" UNIQUE ("initiative_id", "title"));
CREATE TABLE "initiatives_objective" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "title" varchar(200) NOT NULL, "owner_role" varchar(40) NOT NULL, "invented" bool NOT NULL, "goal_id" bigint NOT NULL REFERENCES "initiatives_goal" ("id") DEFERRABLE INITIALLY DEFERRED, "key" varchar(60) NOT NULL UNIQUE, CONSTRAINT "objective_numbered_in_goal" UNIQUE ("goal_id", "number"));
CREATE TABLE "initiatives_reopening" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "ended" varchar(10) NOT NULL, "closed_on" date NOT NULL, "reason" text NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "initiative_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "initiative_reopening_has_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "initiatives_seat" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "body_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "seat_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "initiatives_statusupdate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "note" text NOT NULL, "percent" integer unsigned NOT NULL CHECK ("percent" >= 0), "colour" varchar(6) NOT NULL, "rule_colour" varchar(6) NOT NULL, "rule_sentence" text NOT NULL, "rule_version" integer unsigned NOT NULL CHECK ("rule_version" >= 0), "override_reason" text NOT NULL, "evidence" text NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "initiative_id" bigint NOT NULL REFERENCES "initiatives_initiative" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "status_percent_up_to_100" CHECK ("percent" <= 100), CONSTRAINT "status_colour_known" CHECK ("colour" IN ('green', 'amber', 'red', 'grey')), CONSTRAINT "status_override_is_justified" CHECK (("colour" = ("rule_colour") OR (NOT ("override_reason" = '') AND NOT ("evidence" = '')))), CONSTRAINT "status_has_note" CHECK (NOT ("note" = '')));
CREATE TABLE "jobs_jobrequest" ("job_id" char(32) NOT NULL PRIMARY KEY, "title" varchar(200) NOT NULL, "requested_at" datetime NOT NULL, "account_id" bigint NULL, "account_name" varchar(200) NOT NULL, "membership_id" bigint NULL, "agency_id" bigint NULL, "purpose" varchar(40) NOT NULL);
CREATE TABLE "jobs_schedulerun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "period" varchar(20) NOT NULL, "job_id" char(32) NOT NULL, "queued_at" datetime NOT NULL, CONSTRAINT "schedule_runs_once_a_period" UNIQUE ("name", "period"));
CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL);
CREATE TABLE "people_person" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "position" varchar(120) NOT NULL, "phone" varchar(40) NOT NULL, "email" varchar(254) NOT NULL, "active" bool NOT NULL, "invented" bool NOT NULL, "account_id" bigint NULL UNIQUE REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "roster_id" varchar(255) NOT NULL, CONSTRAINT "person_name_given" CHECK (NOT ("name" = '')), CONSTRAINT "person_once" UNIQUE ("agency_id", "name", "position"));
CREATE TABLE "people_responsenumber" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "serves" varchar(10) NOT NULL, "use" varchar(13) NOT NULL, "title" varchar(80) NOT NULL, "phone" varchar(40) NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "response_number_once" UNIQUE ("serves", "use"), CONSTRAINT "response_ground_known" CHECK ("serves" IN ('city', 'county', 'everywhere')), CONSTRAINT "response_use_known" CHECK ("use" IN ('emergency', 'non_emergency', 'guard')), CONSTRAINT "response_guard_serves_every_site" CHECK ((("serves" = 'everywhere' AND "use" = 'guard') OR (NOT ("serves" = 'everywhere') AND NOT ("use" = 'guard')))), CONSTRAINT "response_number_given" CHECK ((NOT ("title" = '') AND NOT ("phone" = ''))));
CREATE TABLE "places_belltimes" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "weekday" smallint unsigned NOT NULL CHECK ("weekday" >= 0), "begins" time NOT NULL, "ends" time NOT NULL, "valid_from" date NULL, "valid_to" date NULL, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "bell_times_in_order" CHECK ("ends" > ("begins")), CONSTRAINT "bell_times_weekday" CHECK ("weekday" <= 6), CONSTRAINT "bell_times_dates_in_order" CHECK (("valid_from" IS NULL OR "valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "places_campus" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "name_origin" varchar(10) NOT NULL, "slug" varchar(80) NOT NULL UNIQUE, "address" varchar(200) NOT NULL, "address_key" varchar(200) NOT NULL UNIQUE, "zip_code" varchar(10) NOT NULL, "jurisdiction" varchar(10) NOT NULL, "longitude" real NULL, "latitude" real NULL, "point_origin" varchar(10) NOT NULL, "notes" text NOT NULL, CONSTRAINT "campus_has_an_address" CHECK (NOT ("address_key" = '')), CONSTRAINT "campus_point_whole_and_on_earth" CHECK ((("latitude" IS NULL AND "longitude" IS NULL) OR ("latitude" IS NOT NULL AND "latitude" BETWEEN -90.0 AND 90.0 AND "longitude" IS NOT NULL AND "longitude" BETWEEN -180.0 AND 180.0))), CONSTRAINT "campus_jurisdiction_known" CHECK ("jurisdiction" IN ('city', 'county', 'unknown')));
CREATE TABLE "places_enrolment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "school_year" smallint unsigned NOT NULL CHECK ("school_year" >= 0), "students" integer unsigned NOT NULL CHECK ("students" >= 0), "source" varchar(200) NOT NULL, "invented" bool NOT NULL, "school_id" bigint NOT NULL REFERENCES "places_school" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "enrolment_once_a_year" UNIQUE ("school_id", "school_year"), CONSTRAINT "enrolment_year_plausible" CHECK ("school_year" BETWEEN 1850 AND 2200));
CREATE TABLE "places_nonschoolday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "reason" varchar(120) NOT NULL, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "places_school" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "cds_code" varchar(14) NOT NULL UNIQUE, "name" varchar(200) NOT NULL, "kind" varchar(20) NOT NULL, "level" varchar(20) NOT NULL, "grades" varchar(20) NOT NULL, "is_charter" bool NOT NULL, "charter_funding" varchar(10) NOT NULL, "opened" date NULL, "closed" date NULL, "longitude" real NULL, "latitude" real NULL, "former_name_note" varchar(200) NOT NULL, "former_name_verified" bool NOT NULL, CONSTRAINT "school_cds_code_has_14_digits" CHECK (LENGTH("cds_code") = 14), CONSTRAINT "school_dates_in_order" CHECK (("opened" IS NULL OR "closed" IS NULL OR "closed" >= ("opened"))), CONSTRAINT "school_kind_known" CHECK ("kind" IN ('elementary', 'middle', 'junior_high', 'high', 'continuation', 'community_day', 'alternative', 'special_education', 'k12', 'adult', 'office')), CONSTRAINT "school_funding_only_for_charters" CHECK (("charter_funding" = '' OR "is_charter")));
CREATE TABLE "places_schooloccupancy" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_to" date NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "school_id" bigint NOT NULL REFERENCES "places_school" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "occupancy_dates_in_order" CHECK (("valid_from" IS NULL OR "valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "programs_assignment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "starts_on" date NOT NULL, "ends_on" date NOT NULL, "invented" bool NOT NULL, "offering_id" bigint NOT NULL REFERENCES "programs_offering" ("id") DEFERRABLE INITIALLY DEFERRED, "volunteer_id" bigint NOT NULL REFERENCES "programs_volunteer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "volunteer_assigned_once" UNIQUE ("volunteer_id", "offering_id", "starts_on"), CONSTRAINT "assignment_dates_in_order" CHECK ("ends_on" >= ("starts_on")));
CREATE TABLE "programs_capacityreport" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "unit" varchar(10) NOT NULL, "maximum" integer unsigned NOT NULL CHECK ("maximum" >= 0), "taken" integer unsigned NULL CHECK ("taken" >= 0), "waiting" integer unsigned NULL CHECK ("waiting" >= 0), "intake" varchar(8) NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "capacity_unit_known" CHECK ("unit" IN ('seat', 'place', 'caseload')), CONSTRAINT "capacity_intake_known" CHECK ("intake" IN ('open', 'waiting', 'full', 'closed')), CONSTRAINT "capacity_believable" CHECK (("maximum" <= 100000 AND ("taken" IS NULL OR "taken" <= 100000) AND ("waiting" IS NULL OR "waiting" <= 100000))));
CREATE TABLE "programs_cohort" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "size" integer unsigned NULL CHECK ("size" >= 0), "completed" integer unsigned NULL CHECK ("completed" >= 0), "invented" bool NOT NULL, "offering_id" bigint NOT NULL REFERENCES "programs_offering" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "cohort_numbered_in_offering" UNIQUE ("offering_id", "number"), CONSTRAINT "cohort_completed_within_size" CHECK (("completed" IS NULL OR "size" IS NULL OR "completed" <= ("size"))), CONSTRAINT "cohort_believable" CHECK (("size" IS NULL OR "size" <= 100000)));
CREATE TABLE "programs_contest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "ground" varchar(10) NOT NULL, "argument" varchar(600) NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "rule_id" bigint NOT NULL REFERENCES "programs_eligibilityrule" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "program_contest_ground_known" CHECK ("ground" IN ('excludes', 'includes', 'law', 'outdated', 'unclear')), CONSTRAINT "program_contest_says_why" CHECK (NOT ("argument" = '')));
CREATE TABLE "programs_contestanswer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "outcome" varchar(10) NOT NULL, "reason" varchar(600) NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "contest_id" bigint NOT NULL UNIQUE REFERENCES "programs_contest" ("id") DEFERRABLE INITIALLY DEFERRED, "contested_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "program_answer_known" CHECK ("outcome" IN ('changed', 'kept')), CONSTRAINT "program_answer_says_why" CHECK (NOT ("reason" = '')), CONSTRAINT "program_answer_by_another" CHECK (("by_id" IS NULL OR "contested_by_id" IS NULL OR NOT ("by_id" = ("contested_by_id") AND "by_id" IS NOT NULL AND "contested_by_id" IS NOT NULL))));
CREATE TABLE "programs_dosageplan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NOT NULL, "valid_to" date NULL, "sessions" smallint unsigned NOT NULL CHECK ("sessions" >= 0), "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "weeks" smallint unsigned NULL CHECK ("weeks" >= 0), "group_min" smallint unsigned NULL CHECK ("group_min" >= 0), "group_max" smallint unsigned NULL CHECK ("group_max" >= 0), "source" varchar(200) NOT NULL, "invented" bool NOT NULL, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "program_plan_once_a_day" UNIQUE ("program_id", "valid_from"), CONSTRAINT "program_plan_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))), CONSTRAINT "program_plan_believable" CHECK (("minutes" >= 5 AND "minutes" <= 1440 AND "sessions" >= 1 AND "sessions" <= 400)), CONSTRAINT "program_plan_group_in_order" CHECK (("group_min" IS NULL OR "group_max" IS NULL OR "group_max" >= ("group_min"))), CONSTRAINT "program_plan_names_its_source" CHECK (NOT ("source" = '')));
CREATE TABLE "programs_eligibilityrule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "text" text NOT NULL, "source" varchar(200) NOT NULL, "written_by_role" varchar(40) NOT NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "invented" bool NOT NULL, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "program_rule_version_once" UNIQUE ("program_id", "version"), CONSTRAINT "program_rule_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))), CONSTRAINT "program_rule_says_something_and_why" CHECK ((NOT ("text" = '') AND NOT ("source" = ''))));
CREATE TABLE "programs_equipment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(120) NOT NULL, "owned" integer unsigned NOT NULL CHECK ("owned" >= 0), "fit" integer unsigned NOT NULL CHECK ("fit" >= 0), "lent" integer unsigned NOT NULL CHECK ("lent" >= 0), "checked_on" date NULL, "check_months" smallint unsigned NOT NULL CHECK ("check_months" >= 0), "invented" bool NOT NULL, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "equipment_once" UNIQUE ("program_id", "title"), CONSTRAINT "equipment_within_owned" CHECK (("fit" <= ("owned") AND "lent" <= ("owned"))), CONSTRAINT "equipment_named" CHECK (NOT ("title" = '')));
CREATE TABLE "programs_evidencerating" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "source" varchar(200) NOT NULL, "rating" varchar(120) NOT NULL, "population" varchar(200) NOT NULL, "dated" date NOT NULL, "date_is" varchar(10) NOT NULL, "found_at" varchar(300) NOT NULL, "invented" bool NOT NULL, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "program_rated_once_a_day" UNIQUE ("program_id", "source", "dated"), CONSTRAINT "program_rating_is_never_bare" CHECK ((NOT ("source" = '') AND NOT ("rating" = '') AND NOT ("population" = ''))), CONSTRAINT "program_rating_date_known" CHECK ("date_is" IN ('rated', 'reviewed', 'published')));
CREATE TABLE "programs_fidelitycheck" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "instrument" varchar(120) NOT NULL, "observer" varchar(10) NOT NULL, "on" date NOT NULL, "items_observed" smallint unsigned NOT NULL CHECK ("items_observed" >= 0), "items_met" smallint unsigned NOT NULL CHECK ("items_met" >= 0), "invented" bool NOT NULL, "offering_id" bigint NOT NULL REFERENCES "programs_offering" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "fidelity_once_a_day" UNIQUE ("offering_id", "instrument", "observer", "on"), CONSTRAINT "fidelity_met_of_observed" CHECK (("items_observed" >= 1 AND "items_met" <= ("items_observed"))), CONSTRAINT "fidelity_names_its_instrument" CHECK (NOT ("instrument" = '')), CONSTRAINT "fidelity_observer_known" CHECK ("observer" IN ('self', 'peer', 'supervisor', 'outside')));
CREATE TABLE "programs_instrumentresult" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "instrument" varchar(120) NOT NULL, "wave" varchar(4) NOT NULL, "starts_on" date NOT NULL, "ends_on" date NOT NULL, "respondents" integer unsigned NOT NULL CHECK ("respondents" >= 0), "mean" decimal NULL, "lowest" decimal NOT NULL, "highest" decimal NOT NULL, "higher_is_better" bool NOT NULL, "invented" bool NOT NULL, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "result_once" UNIQUE ("program_id", "instrument", "wave", "starts_on", "ends_on"), CONSTRAINT "result_of_a_few_has_no_mean" CHECK (("mean" IS NULL OR "respondents" >= 11)), CONSTRAINT "result_within_its_scale" CHECK (("mean" IS NULL OR ("mean" >= ("lowest") AND "mean" <= ("highest")))), CONSTRAINT "result_scale_in_order" CHECK ("highest" > ("lowest")), CONSTRAINT "result_days_in_order" CHECK ("ends_on" >= ("starts_on")), CONSTRAINT "result_wave_known" CHECK ("wave" IN ('pre', 'post')));
CREATE TABLE "programs_offering" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "starts_on" date NOT NULL, "ends_on" date NOT NULL, "place" varchar(120) NOT NULL, "days" varchar(20) NOT NULL, "begins" time NULL, "ends" time NULL, "language" varchar(8) NOT NULL, "seats" integer unsigned NULL CHECK ("seats" >= 0), "registered" integer unsigned NULL CHECK ("registered" >= 0), "waiting" integer unsigned NULL CHECK ("waiting" >= 0), "waivers_on_file" integer unsigned NULL CHECK ("waivers_on_file" >= 0), "completed" integer unsigned NULL CHECK ("completed" >= 0), "cancelled_on" date NULL, "cancel_reason" varchar(10) NOT NULL, "invented" bool NOT NULL, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "offering_numbered_in_program" UNIQUE ("program_id", "number"), CONSTRAINT "offering_days_in_order" CHECK ("ends_on" >= ("starts_on")), CONSTRAINT "offering_hours_in_order" CHECK (("begins" IS NULL OR "ends" IS NULL OR "ends" > ("begins"))), CONSTRAINT "offering_cancelled_with_reason" CHECK ((("cancel_reason" = '' AND "cancelled_on" IS NULL) OR ("cancel_reason" IN ('staff', 'place', 'weather', 'few', 'safety', 'school', 'other') AND "cancelled_on" IS NOT NULL))), CONSTRAINT "offering_seats_believable" CHECK (("seats" IS NULL OR "seats" <= 100000)), CONSTRAINT "offering_registered_believable" CHECK (("registered" IS NULL OR "registered" <= 100000)));
CREATE TABLE "programs_oversight" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "body_key" varchar(60) NOT NULL, "invented" bool NOT NULL, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "program_overseen_once_by_a_body" UNIQUE ("program_id", "body_key"));
CREATE TABLE "programs_program" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "kind" varchar(12) NOT NULL, "summary" varchar(500) NOT NULL, "min_age" smallint unsigned NULL CHECK ("min_age" >= 0), "max_age" smallint unsigned NULL CHECK ("max_age" >= 0), "languages" varchar(60) NOT NULL, "how_to_join" varchar(300) NOT NULL, "fee_cents" integer unsigned NULL CHECK ("fee_cents" >= 0), "parent_required" bool NOT NULL, "starts_on" date NULL, "pilot_until" date NULL, "ended_on" date NULL, "source" varchar(200) NOT NULL, "hsds_id" char(32) NOT NULL UNIQUE, "details_invented" bool NOT NULL, "invented" bool NOT NULL, "provider_id" bigint NOT NULL REFERENCES "programs_provider" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "program_kind_known" CHECK ("kind" IN ('event', 'team', 'curriculum', 'class', 'case', 'therapy')), CONSTRAINT "program_titled" CHECK (NOT ("title" = '')), CONSTRAINT "program_ages_in_order" CHECK (("min_age" IS NULL OR "max_age" IS NULL OR "max_age" >= ("min_age"))), CONSTRAINT "program_ages_of_the_young" CHECK ((("min_age" IS NULL OR "min_age" <= 25) AND ("max_age" IS NULL OR "max_age" <= 25))), CONSTRAINT "program_dates_in_order" CHECK (("starts_on" IS NULL OR (("ended_on" IS NULL OR "ended_on" >= ("starts_on")) AND ("pilot_until" IS NULL OR "pilot_until" >= ("starts_on"))))));
CREATE TABLE "programs_proposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "kind" varchar(12) NOT NULL, "need" varchar(600) NOT NULL, "audience" varchar(200) NOT NULL, "evidence" varchar(600) NOT NULL, "cost_cents" bigint unsigned NOT NULL CHECK ("cost_cents" >= 0), "pilot_starts" date NOT NULL, "pilot_ends" date NOT NULL, "measure_key" varchar(80) NOT NULL, "target" decimal NOT NULL, "stop_rule" varchar(300) NOT NULL, "proposed_on" date NOT NULL, "proposed_by_name" varchar(200) NOT NULL, "decision" varchar(10) NOT NULL, "decided_on" date NULL, "decided_by_name" varchar(200) NOT NULL, "reason" varchar(600) NOT NULL, "ending" varchar(10) NOT NULL, "ended_on" date NULL, "ending_reason" varchar(600) NOT NULL, "invented" bool NOT NULL, "decided_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "program_id" bigint NULL UNIQUE REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "provider_id" bigint NOT NULL REFERENCES "programs_provider" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "proposal_kind_known" CHECK ("kind" IN ('event', 'team', 'curriculum', 'class', 'case', 'therapy')), CONSTRAINT "proposal_is_whole" CHECK ((NOT ("title" = '') AND NOT ("need" = '') AND NOT ("evidence" = '') AND NOT ("stop_rule" = '') AND NOT ("measure_key" = ''))), CONSTRAINT "proposal_pilot_dates_in_order" CHECK ("pilot_ends" >= ("pilot_starts")), CONSTRAINT "proposal_decided_with_reason" CHECK ((("decided_on" IS NULL AND "decision" = '') OR (NOT ("reason" = '') AND "decided_on" IS NOT NULL AND "decision" IN ('pilot', 'declined')))), CONSTRAINT "proposal_decided_by_another" CHECK (("decided_by_id" IS NULL OR "proposed_by_id" IS NULL OR NOT ("decided_by_id" = ("proposed_by_id") AND "decided_by_id" IS NOT NULL AND "proposed_by_id" IS NOT NULL))), CONSTRAINT "proposal_ended_with_reason" CHECK ((("ended_on" IS NULL AND "ending" = '') OR (NOT ("ending_reason" = '') AND "decision" = 'pilot' AND "ended_on" IS NOT NULL AND "ending" IN ('adopted', 'stopped')))));
CREATE TABLE "programs_provider" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "name" varchar(200) NOT NULL UNIQUE, "summary" varchar(500) NOT NULL, "website" varchar(200) NOT NULL, "hsds_id" char(32) NOT NULL UNIQUE, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "program_provider_named" CHECK ((NOT ("name" = '') AND NOT ("key" = ''))));
CREATE TABLE "programs_session" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "on" date NOT NULL, "minutes_planned" smallint unsigned NOT NULL CHECK ("minutes_planned" >= 0), "state" varchar(10) NOT NULL, "cancel_reason" varchar(10) NOT NULL, "minutes_held" smallint unsigned NULL CHECK ("minutes_held" >= 0), "expected" integer unsigned NULL CHECK ("expected" >= 0), "attended" integer unsigned NULL CHECK ("attended" >= 0), "adults" integer unsigned NULL CHECK ("adults" >= 0), "invented" bool NOT NULL, "cohort_id" bigint NULL REFERENCES "programs_cohort" ("id") DEFERRABLE INITIALLY DEFERRED, "offering_id" bigint NOT NULL REFERENCES "programs_offering" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "session_numbered_in_offering" UNIQUE ("offering_id", "number"), CONSTRAINT "session_state_known" CHECK ("state" IN ('planned', 'held', 'cancelled')), CONSTRAINT "session_counted_only_when_held" CHECK ((("attended" IS NOT NULL AND "minutes_held" IS NOT NULL AND "state" = 'held') OR (NOT ("state" = 'held') AND "adults" IS NULL AND "attended" IS NULL AND "minutes_held" IS NULL))), CONSTRAINT "session_cancelled_with_reason" CHECK ((("cancel_reason" IN ('staff', 'place', 'weather', 'few', 'safety', 'school', 'other') AND "state" = 'cancelled') OR (NOT ("state" = 'cancelled') AND "cancel_reason" = ''))), CONSTRAINT "session_heads_believable" CHECK (("attended" IS NULL OR "attended" <= 100000)), CONSTRAINT "session_expected_at_least_attended" CHECK (("expected" IS NULL OR "attended" IS NULL OR "expected" >= ("attended"))), CONSTRAINT "session_minutes_believable" CHECK (("minutes_planned" >= 5 AND "minutes_planned" <= 1440 AND ("minutes_held" IS NULL OR "minutes_held" <= 1440))));
CREATE TABLE "programs_sessioncount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "receipt" char(32) NOT NULL UNIQUE, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "attended" integer unsigned NOT NULL CHECK ("attended" >= 0), "adults" integer unsigned NULL CHECK ("adults" >= 0), "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "session_id" bigint NOT NULL REFERENCES "programs_session" ("id") DEFERRABLE INITIALLY DEFERRED, "counted_at" datetime NULL);
CREATE TABLE "programs_vetting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(14) NOT NULL, "cleared_on" date NOT NULL, "expires_on" date NOT NULL, "invented" bool NOT NULL, "volunteer_id" bigint NOT NULL REFERENCES "programs_volunteer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "vetting_once" UNIQUE ("volunteer_id", "kind", "cleared_on"), CONSTRAINT "vetting_kind_known" CHECK ("kind" IN ('fingerprints', 'reporting', 'tuberculosis')), CONSTRAINT "vetting_dates_in_order" CHECK ("expires_on" >= ("cleared_on")));
CREATE TABLE "programs_volunteer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reference" varchar(20) NOT NULL, "since" date NOT NULL, "ended_on" date NULL, "invented" bool NOT NULL, "provider_id" bigint NOT NULL REFERENCES "programs_provider" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "volunteer_once" UNIQUE ("provider_id", "reference"), CONSTRAINT "volunteer_reference_no_name" CHECK ("reference" REGEXP '^[A-Z0-9]{1,8}-[0-9]{1,8}$'), CONSTRAINT "volunteer_dates_in_order" CHECK (("ended_on" IS NULL OR "ended_on" >= ("since"))));
CREATE TABLE "programs_waiver" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(120) NOT NULL, "months" smallint unsigned NOT NULL CHECK ("months" >= 0), "valid_from" date NOT NULL, "valid_to" date NULL, "invented" bool NOT NULL, "program_id" bigint NOT NULL REFERENCES "programs_program" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "waiver_once" UNIQUE ("program_id", "title", "valid_from"), CONSTRAINT "waiver_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))), CONSTRAINT "waiver_named_and_believable" CHECK ((NOT ("title" = '') AND "months" >= 1 AND "months" <= 60)));
CREATE TABLE "reports_anomalysignoff" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account_id" bigint NULL, "account_name" varchar(200) NOT NULL, "role" varchar(40) NOT NULL, "at" datetime NOT NULL, "reason" text NOT NULL, "cell_id" bigint NOT NULL UNIQUE REFERENCES "reports_cellreading" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "anomaly_signoff_has_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "reports_author" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account_id" bigint NOT NULL, "edition_id" bigint NOT NULL REFERENCES "reports_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "author_once_an_edition" UNIQUE ("edition_id", "account_id"));
CREATE TABLE "reports_batch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "report" varchar(40) NOT NULL, "copy" varchar(20) NOT NULL, "as_of" date NOT NULL, "asked_at" datetime NOT NULL, "account_id" bigint NULL, "job_id" char(32) NOT NULL, "sites" integer unsigned NOT NULL CHECK ("sites" >= 0), "stored_id" bigint NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "reports_cellreading" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "section" varchar(40) NOT NULL, "token" varchar(200) NOT NULL, "measure_key" varchar(80) NOT NULL, "measure_version" integer unsigned NOT NULL CHECK ("measure_version" >= 0), "title" varchar(200) NOT NULL, "unit" varchar(60) NOT NULL, "period_start" date NULL, "period_end" date NULL, "as_of" date NOT NULL, "campus_id" bigint NULL, "campus_name" varchar(200) NOT NULL, "shown" varchar(80) NOT NULL, "value" real NULL, "numerator" real NULL, "denominator" real NULL, "suppressed" bool NOT NULL, "collected" bool NOT NULL, "minimum_count" integer unsigned NOT NULL CHECK ("minimum_count" >= 0), "in_chart" bool NOT NULL, "note" text NOT NULL, "record_model" varchar(80) NOT NULL, "record_count" integer unsigned NOT NULL CHECK ("record_count" >= 0), "record_digest" varchar(64) NOT NULL, "record_keys" BLOB NOT NULL, "query" text NOT NULL, "anomaly" varchar(12) NOT NULL, "anomaly_sentence" text NOT NULL, "edition_id" bigint NOT NULL REFERENCES "reports_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "cell_position_once" UNIQUE ("edition_id", "position"));
CREATE TABLE "reports_correction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "account_id" bigint NULL, "account_name" varchar(200) NOT NULL, "role" varchar(40) NOT NULL, "at" datetime NOT NULL, "cell_id" bigint NULL REFERENCES "reports_cellreading" ("id") DEFERRABLE INITIALLY DEFERRED, "edition_id" bigint NOT NULL REFERENCES "reports_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "correction_has_text" CHECK (NOT ("text" = '')));
CREATE TABLE "reports_edition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "report" varchar(40) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "as_of" date NOT NULL, "state" varchar(12) NOT NULL, "round" integer unsigned NOT NULL CHECK ("round" >= 0), "frozen_at" datetime NULL, "published_at" datetime NULL, "frozen" text NULL CHECK ((JSON_VALID("frozen") OR "frozen" IS NULL)), "invented" bool NOT NULL, "created_at" datetime NOT NULL, "agenda_item" varchar(20) NOT NULL, "meeting_date" date NOT NULL, "subject" varchar(200) NOT NULL, "item_type" varchar(30) NOT NULL, "division" varchar(80) NOT NULL, "minutes_planned" integer unsigned NOT NULL CHECK ("minutes_planned" >= 0), "submitted_by_role" varchar(120) NOT NULL, "approved_by_role" varchar(120) NOT NULL, "minutes_text" text NOT NULL, "district" varchar(200) NOT NULL, CONSTRAINT "edition_number_once" UNIQUE ("report", "number"), CONSTRAINT "edition_state_known" CHECK ("state" IN ('draft', 'review', 'approved', 'published', 'superseded')), CONSTRAINT "edition_frozen_unless_draft" CHECK ((("frozen_at" IS NULL AND "state" = 'draft') OR (NOT ("state" = 'draft') AND "frozen" IS NOT NULL AND "frozen_at" IS NOT NULL))), CONSTRAINT "edition_published_when" CHECK (("published_at" IS NOT NULL OR NOT ("state" IN ('published', 'superseded')))));
CREATE TABLE "reports_editionfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "copy" integer unsigned NOT NULL CHECK ("copy" >= 0), "kind" varchar(10) NOT NULL, "name" varchar(200) NOT NULL, "edition_id" bigint NOT NULL REFERENCES "reports_edition" ("id") DEFERRABLE INITIALLY DEFERRED, "stored_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "edition_file_once_a_copy" UNIQUE ("edition_id", "copy", "kind"));
CREATE TABLE "reports_section" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(40) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "body" text NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "edition_id" bigint NOT NULL REFERENCES "reports_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "section_once_an_edition" UNIQUE ("edition_id", "key"));
CREATE TABLE "reports_signoff" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "round" integer unsigned NOT NULL CHECK ("round" >= 0), "step" varchar(10) NOT NULL, "account_id" bigint NULL, "account_name" varchar(200) NOT NULL, "role" varchar(40) NOT NULL, "at" datetime NOT NULL, "note" text NOT NULL, "edition_id" bigint NOT NULL REFERENCES "reports_edition" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "signoff_step_once_a_round" UNIQUE ("edition_id", "round", "step"));
CREATE TABLE "routes_auditdecision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(64) NOT NULL, "reason" text NOT NULL, "at" datetime NOT NULL, "by_name" varchar(200) NOT NULL, "invented" bool NOT NULL, "assessment_id" bigint NOT NULL REFERENCES "assessments_assessment" ("id") DEFERRABLE INITIALLY DEFERRED, "barrier_id" bigint NULL REFERENCES "routes_barrier" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_audit_decided_once" UNIQUE ("assessment_id", "code"), CONSTRAINT "routes_audit_barrier_or_reason" CHECK ((("barrier_id" IS NOT NULL AND "reason" = '') OR ("barrier_id" IS NULL AND NOT ("reason" = '')))));
CREATE TABLE "routes_barrier" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reference" varchar(40) NOT NULL UNIQUE, "kind" varchar(10) NOT NULL, "title" varchar(200) NOT NULL, "description" text NOT NULL, "place" varchar(200) NOT NULL, "longitude" real NOT NULL, "latitude" real NOT NULL, "owner" varchar(8) NOT NULL, "severity" varchar(6) NOT NULL, "time_of_day" varchar(9) NOT NULL, "photo_name" varchar(255) NOT NULL, "source" varchar(120) NOT NULL, "found_on" date NOT NULL, "state" varchar(11) NOT NULL, "accepted_on" date NULL, "closed_on" date NULL, "record_class" varchar(24) NOT NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "photo_id" bigint NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "reported_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_barrier_says_what" CHECK ((NOT ("reference" = '') AND NOT ("title" = '') AND NOT ("place" = ''))), CONSTRAINT "routes_barrier_state_known" CHECK ("state" IN ('reported', 'accepted', 'recommended', 'in_work', 'closed', 'declined')), CONSTRAINT "routes_barrier_kind_known" CHECK ("kind" IN ('crossing', 'sidewalk', 'signal', 'speed', 'traffic', 'lighting', 'sight', 'access', 'hazard', 'safety', 'other')), CONSTRAINT "routes_barrier_owner_known" CHECK ("owner" IN ('city', 'county', 'district', 'state', 'other', 'unknown')), CONSTRAINT "routes_barrier_severity_known" CHECK ("severity" IN ('urgent', 'high', 'medium', 'low')), CONSTRAINT "routes_barrier_time_known" CHECK ("time_of_day" IN ('always', 'morning', 'afternoon', 'dark')), CONSTRAINT "routes_barrier_on_earth" CHECK (("latitude" BETWEEN -90.0 AND 90.0 AND "longitude" BETWEEN -180.0 AND 180.0)), CONSTRAINT "routes_barrier_accepted_when" CHECK ((("accepted_on" IS NOT NULL AND "state" IN ('accepted', 'recommended', 'in_work', 'closed')) OR NOT ("state" IN ('accepted', 'recommended', 'in_work', 'closed')))), CONSTRAINT "routes_barrier_closed_when" CHECK ((("closed_on" IS NOT NULL AND "state" = 'closed') OR (NOT ("state" = 'closed') AND "closed_on" IS NULL))));
CREATE TABLE "routes_barrierstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "from_state" varchar(11) NOT NULL, "to_state" varchar(11) NOT NULL, "reason" text NOT NULL, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "barrier_id" bigint NOT NULL REFERENCES "routes_barrier" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_step_numbered" UNIQUE ("barrier_id", "number"), CONSTRAINT "routes_step_known" CHECK ("to_state" IN ('reported', 'accepted', 'recommended', 'in_work', 'closed', 'declined')), CONSTRAINT "routes_step_declined_with_reason" CHECK ((NOT ("to_state" = 'declined') OR NOT ("reason" = ''))));
CREATE TABLE "routes_busleader" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "vetted_on" date NULL, "vetted_until" date NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "invented" bool NOT NULL, "account_id" bigint NOT NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "bus_id" bigint NOT NULL REFERENCES "routes_walkingbus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_leader_once" UNIQUE ("bus_id", "account_id"), CONSTRAINT "routes_leader_vetting_in_order" CHECK ((("vetted_on" IS NULL AND "vetted_until" IS NULL) OR "vetted_until" >= ("vetted_on"))), CONSTRAINT "routes_leader_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "routes_busrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "direction" varchar(9) NOT NULL, "pupils" smallint unsigned NOT NULL CHECK ("pupils" >= 0), "note" varchar(200) NOT NULL, "recorded_at" datetime NOT NULL, "invented" bool NOT NULL, "bus_id" bigint NOT NULL REFERENCES "routes_walkingbus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_run_once" UNIQUE ("bus_id", "day", "direction"), CONSTRAINT "routes_run_direction" CHECK ("direction" IN ('arrival', 'departure')));
CREATE TABLE "routes_busrun_leaders" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "busrun_id" bigint NOT NULL REFERENCES "routes_busrun" ("id") DEFERRABLE INITIALLY DEFERRED, "busleader_id" bigint NOT NULL REFERENCES "routes_busleader" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "routes_busstop" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "place" varchar(200) NOT NULL, "longitude" real NOT NULL, "latitude" real NOT NULL, "leaves_at" time NOT NULL, "invented" bool NOT NULL, "bus_id" bigint NOT NULL REFERENCES "routes_walkingbus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_stop_numbered" UNIQUE ("bus_id", "number"), CONSTRAINT "routes_stop_says_where" CHECK ((NOT ("place" = '') AND "number" >= 1)), CONSTRAINT "routes_stop_on_earth" CHECK (("latitude" BETWEEN -90.0 AND 90.0 AND "longitude" BETWEEN -180.0 AND 180.0)));
CREATE TABLE "routes_classtally" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "class_label" varchar(20) NOT NULL, "grade" varchar(2) NOT NULL, "enrolled" smallint unsigned NOT NULL CHECK ("enrolled" >= 0), "day" date NOT NULL, "weekday" smallint unsigned NOT NULL CHECK ("weekday" >= 0), "direction" varchar(9) NOT NULL, "weather" varchar(8) NOT NULL, "walk" smallint unsigned NOT NULL CHECK ("walk" >= 0), "bike" smallint unsigned NOT NULL CHECK ("bike" >= 0), "school_bus" smallint unsigned NOT NULL CHECK ("school_bus" >= 0), "family_vehicle" smallint unsigned NOT NULL CHECK ("family_vehicle" >= 0), "carpool" smallint unsigned NOT NULL CHECK ("carpool" >= 0), "transit" smallint unsigned NOT NULL CHECK ("transit" >= 0), "other" smallint unsigned NOT NULL CHECK ("other" >= 0), "recorded_at" datetime NOT NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "recorded_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "class_key" varchar(60) NULL, CONSTRAINT "routes_tally_weekday" CHECK ("weekday" BETWEEN 1 AND 3), CONSTRAINT "routes_tally_direction_known" CHECK ("direction" IN ('arrival', 'departure')), CONSTRAINT "routes_tally_weather_known" CHECK ("weather" IN ('sunny', 'rainy', 'overcast', 'snow')), CONSTRAINT "routes_tally_grade_known" CHECK ("grade" IN ('TK', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12')), CONSTRAINT "routes_tally_within_class" CHECK (("enrolled" BETWEEN 1 AND 60 AND "enrolled" >= (((((("walk" + "bike") + "school_bus") + "family_vehicle") + "carpool") + "transit") + "other"))), CONSTRAINT "routes_tally_once" UNIQUE ("campus_id", "class_key", "day", "direction"), CONSTRAINT "routes_tally_has_class" CHECK ((NOT ("class_label" = '') AND ("class_key" IS NULL OR NOT ("class_key" = '' AND "class_key" IS NOT NULL)))));
CREATE TABLE "routes_collision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "layout" varchar(6) NOT NULL, "number" varchar(24) NOT NULL, "day" date NOT NULL, "hour" time NULL, "severity" varchar(7) NOT NULL, "pedestrian" bool NOT NULL, "bicycle" bool NOT NULL, "killed" smallint unsigned NULL CHECK ("killed" >= 0), "injured" smallint unsigned NULL CHECK ("injured" >= 0), "walking_killed" smallint unsigned NULL CHECK ("walking_killed" >= 0), "walking_serious" smallint unsigned NULL CHECK ("walking_serious" >= 0), "walking_other" smallint unsigned NULL CHECK ("walking_other" >= 0), "cycling_killed" smallint unsigned NULL CHECK ("cycling_killed" >= 0), "cycling_serious" smallint unsigned NULL CHECK ("cycling_serious" >= 0), "cycling_other" smallint unsigned NULL CHECK ("cycling_other" >= 0), "grave" bool NULL, "primary_street" varchar(120) NOT NULL, "secondary_street" varchar(120) NOT NULL, "place" varchar(8) NOT NULL, "longitude" real NULL, "latitude" real NULL, "quality" smallint unsigned NOT NULL CHECK ("quality" >= 0), "retracted" bool NOT NULL, "recorded_at" datetime NOT NULL, "invented" bool NOT NULL, CONSTRAINT "routes_collision_once" UNIQUE ("layout", "number"), CONSTRAINT "routes_collision_known" CHECK (("layout" IN ('switrs', 'ccrs') AND "severity" IN ('fatal', 'serious', 'visible', 'pain', 'damage', 'unknown') AND NOT ("number" = ''))), CONSTRAINT "routes_collision_placed" CHECK ((("latitude" IS NULL AND "longitude" IS NULL AND "quality" = 0) OR ("latitude" BETWEEN -90.0 AND 90.0 AND "longitude" BETWEEN -180.0 AND 180.0 AND "quality" BETWEEN 1 AND 3))), CONSTRAINT "routes_collision_hurt_whole" CHECK ((("walking_killed" IS NULL AND "walking_other" IS NULL AND "walking_serious" IS NULL AND "cycling_killed" IS NULL AND "cycling_other" IS NULL AND "cycling_serious" IS NULL) OR ("cycling_killed" IS NOT NULL AND "cycling_other" IS NOT NULL AND "cycling_serious" IS NOT NULL AND "walking_killed" IS NOT NULL AND "walking_other" IS NOT NULL AND "walking_serious" IS NOT NULL))));
CREATE TABLE "routes_collisionnear" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "distance_m" real NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "collision_id" bigint NOT NULL REFERENCES "routes_collision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_collision_near_once" UNIQUE ("collision_id", "campus_id"), CONSTRAINT "routes_collision_is_near" CHECK (("distance_m" >= 0.0 AND "distance_m" <= 403.0)));
CREATE TABLE "routes_crossing" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reference" varchar(40) NOT NULL UNIQUE, "place" varchar(200) NOT NULL, "longitude" real NOT NULL, "latitude" real NOT NULL, "control" varchar(6) NOT NULL, "lanes" smallint unsigned NOT NULL CHECK ("lanes" >= 0), "divided" bool NOT NULL, "width_ft" real NOT NULL, "has_refuge" bool NOT NULL, "rural" bool NOT NULL, "speed_85_mph" real NULL, "controlled_within_ft" real NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_crossing_says_where" CHECK ((NOT ("reference" = '') AND NOT ("place" = ''))), CONSTRAINT "routes_crossing_control_known" CHECK ("control" IN ('none', 'stop', 'signal')), CONSTRAINT "routes_crossing_on_earth" CHECK (("latitude" BETWEEN -90.0 AND 90.0 AND "longitude" BETWEEN -180.0 AND 180.0)), CONSTRAINT "routes_crossing_believable" CHECK (("lanes" BETWEEN 1 AND 12 AND "width_ft" > 0.0 AND "width_ft" <= 300.0 AND ("speed_85_mph" IS NULL OR ("speed_85_mph" > 0.0 AND "speed_85_mph" <= 100.0)) AND ("controlled_within_ft" IS NULL OR "controlled_within_ft" >= 0.0))));
CREATE TABLE "routes_crossingcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "begins" time NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "vehicles" integer unsigned NOT NULL CHECK ("vehicles" >= 0), "turning" integer unsigned NOT NULL CHECK ("turning" >= 0), "pupils" integer unsigned NOT NULL CHECK ("pupils" >= 0), "rows" smallint unsigned NOT NULL CHECK ("rows" >= 0), "gaps" integer unsigned NULL CHECK ("gaps" >= 0), "invented" bool NOT NULL, "crossing_id" bigint NOT NULL REFERENCES "routes_crossing" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_count_once" UNIQUE ("crossing_id", "day", "begins"), CONSTRAINT "routes_count_believable" CHECK (("minutes" BETWEEN 5 AND 240 AND "rows" BETWEEN 1 AND 20 AND "turning" <= ("vehicles"))));
CREATE TABLE "routes_guardassignment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "guards" smallint unsigned NOT NULL CHECK ("guards" >= 0), "shift" varchar(9) NOT NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "invented" bool NOT NULL, "account_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "post_id" bigint NOT NULL REFERENCES "routes_guardpost" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_assignment_shift_known" CHECK ("shift" IN ('morning', 'afternoon', 'both')), CONSTRAINT "routes_assignment_one_account_one_guard" CHECK ((("account_id" IS NULL AND "guards" BETWEEN 1 AND 10) OR ("account_id" IS NOT NULL AND "guards" = 1))), CONSTRAINT "routes_assignment_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "routes_guardpost" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reference" varchar(40) NOT NULL UNIQUE, "morning_begins" time NULL, "morning_ends" time NULL, "afternoon_begins" time NULL, "afternoon_ends" time NULL, "guards" smallint unsigned NOT NULL CHECK ("guards" >= 0), "valid_from" date NOT NULL, "valid_to" date NULL, "note" varchar(200) NOT NULL, "invented" bool NOT NULL, "agency_id" bigint NOT NULL REFERENCES "access_agency" ("id") DEFERRABLE INITIALLY DEFERRED, "crossing_id" bigint NOT NULL REFERENCES "routes_crossing" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_post_has_reference" CHECK (NOT ("reference" = '')), CONSTRAINT "routes_post_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))), CONSTRAINT "routes_post_hours_in_order" CHECK (((("morning_begins" IS NULL AND "morning_ends" IS NULL) OR "morning_ends" > ("morning_begins")) AND (("afternoon_begins" IS NULL AND "afternoon_ends" IS NULL) OR "afternoon_ends" > ("afternoon_begins")) AND ("morning_begins" IS NOT NULL OR "afternoon_begins" IS NOT NULL))), CONSTRAINT "routes_post_guards_believable" CHECK ("guards" BETWEEN 1 AND 10));
CREATE TABLE "routes_parentsurvey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(20) NOT NULL, "day" date NOT NULL, "grade" varchar(2) NOT NULL, "distance" varchar(8) NOT NULL, "mode" varchar(16) NOT NULL, "allowed" varchar(8) NOT NULL, "changes" text NOT NULL CHECK ((JSON_VALID("changes") OR "changes" IS NULL)), "recorded_at" datetime NOT NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "number_key" varchar(60) NULL, CONSTRAINT "routes_survey_has_number" CHECK (NOT ("number" = '')), CONSTRAINT "routes_survey_grade_known" CHECK ("grade" IN ('TK', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12')), CONSTRAINT "routes_survey_distance_known" CHECK ("distance" IN ('quarter', 'half', 'one', 'two', 'more', 'unknown')), CONSTRAINT "routes_survey_mode_known" CHECK ("mode" IN ('walk', 'bike', 'school_bus', 'family_vehicle', 'carpool', 'transit', 'other')), CONSTRAINT "routes_survey_allowed_known" CHECK ("allowed" IN ('now', 'k2', 'g35', 'g68', 'later', 'never')), CONSTRAINT "routes_survey_once" UNIQUE ("campus_id", "number_key"));
CREATE TABLE "routes_plannedfix" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rank" smallint unsigned NOT NULL CHECK ("rank" >= 0), "countermeasure" varchar(10) NOT NULL, "where" varchar(200) NOT NULL, "longitude" real NOT NULL, "latitude" real NOT NULL, "frees" integer unsigned NULL CHECK ("frees" >= 0), "barrier_id" bigint NULL REFERENCES "routes_barrier" ("id") DEFERRABLE INITIALLY DEFERRED, "plan_id" bigint NOT NULL REFERENCES "routes_schoolplan" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_fix_ranked" UNIQUE ("plan_id", "rank"), CONSTRAINT "routes_fix_of_enough_pupils" CHECK (("frees" IS NULL OR "frees" >= 11)), CONSTRAINT "routes_fix_known" CHECK ("countermeasure" IN ('crosswalk', 'beacon', 'signal', 'island', 'sidewalk', 'ramp', 'bikeway', 'calming', 'signs', 'lighting', 'guard', 'drop_off', 'upkeep', 'other')), CONSTRAINT "routes_fix_on_earth" CHECK (("latitude" BETWEEN -90.0 AND 90.0 AND "longitude" BETWEEN -180.0 AND 180.0)));
CREATE TABLE "routes_recommendation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "countermeasure" varchar(10) NOT NULL, "text" text NOT NULL, "owner" varchar(8) NOT NULL, "estimate_cents" bigint NULL, "sent_on" date NOT NULL, "answer" varchar(7) NOT NULL, "answered_on" date NULL, "answer_text" text NOT NULL, "invented" bool NOT NULL, "barrier_id" bigint NOT NULL REFERENCES "routes_barrier" ("id") DEFERRABLE INITIALLY DEFERRED, "work_id" bigint NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_recommendation_numbered" UNIQUE ("barrier_id", "number"), CONSTRAINT "routes_recommendation_says_what" CHECK (NOT ("text" = '')), CONSTRAINT "routes_countermeasure_known" CHECK ("countermeasure" IN ('crosswalk', 'beacon', 'signal', 'island', 'sidewalk', 'ramp', 'bikeway', 'calming', 'signs', 'lighting', 'guard', 'drop_off', 'upkeep', 'other')), CONSTRAINT "routes_recommendation_has_owner" CHECK ("owner" IN ('city', 'county', 'district', 'state', 'other')), CONSTRAINT "routes_recommendation_not_negative" CHECK (("estimate_cents" IS NULL OR "estimate_cents" >= 0)), CONSTRAINT "routes_recommendation_answered_when" CHECK ((("answer" = 'waiting' AND "answered_on" IS NULL) OR ("answer" IN ('agreed', 'refused') AND "answered_on" >= ("sent_on")))), CONSTRAINT "routes_recommendation_refused_with_reason" CHECK ((NOT ("answer" = 'refused') OR NOT ("answer_text" = ''))));
CREATE TABLE "routes_schoolplan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "season" varchar(6) NOT NULL, "made_at" datetime NOT NULL, "longitude" real NOT NULL, "latitude" real NOT NULL, "detour" real NOT NULL, "pupils" integer unsigned NOT NULL CHECK ("pupils" >= 0), "shortest_m" real NULL, "route_m" real NULL, "shortest_stress_m" real NULL, "stress_m" real NULL, "sheds" text NOT NULL CHECK ((JSON_VALID("sheds") OR "sheds" IS NULL)), "trade_off" text NOT NULL CHECK ((JSON_VALID("trade_off") OR "trade_off" IS NULL)), "tolerable" text NOT NULL CHECK ((JSON_VALID("tolerable") OR "tolerable" IS NULL)), "basis" text NOT NULL CHECK ((JSON_VALID("basis") OR "basis" IS NULL)), "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "made_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "network_id" bigint NOT NULL REFERENCES "routes_streetnetwork" ("id") DEFERRABLE INITIALLY DEFERRED, "shown_before" text NOT NULL CHECK ((JSON_VALID("shown_before") OR "shown_before" IS NULL)), CONSTRAINT "routes_plan_one_a_site_and_half_year" UNIQUE ("campus_id", "year", "season"), CONSTRAINT "routes_plan_season_known" CHECK ("season" IN ('spring', 'fall')), CONSTRAINT "routes_plan_of_enough_pupils" CHECK ("pupils" >= 11), CONSTRAINT "routes_plan_detour" CHECK ("detour" >= 1.0), CONSTRAINT "routes_plan_on_earth" CHECK (("latitude" BETWEEN -90.0 AND 90.0 AND "longitude" BETWEEN -180.0 AND 180.0)));
CREATE TABLE "routes_streetnetwork" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "title" varchar(120) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "source" varchar(200) NOT NULL, "attribution" varchar(200) NOT NULL, "license_url" varchar(200) NOT NULL, "made_at" datetime NOT NULL, "registered_at" datetime NOT NULL, "nodes" integer unsigned NOT NULL CHECK ("nodes" >= 0), "edges" integer unsigned NOT NULL CHECK ("edges" >= 0), "length_m" real NOT NULL, "about" text NOT NULL CHECK ((JSON_VALID("about") OR "about" IS NULL)), "stress_version" varchar(20) NOT NULL, "stress_text" text NOT NULL, "current" bool NOT NULL, "invented" bool NOT NULL, CONSTRAINT "routes_network_says_whose" CHECK ((NOT ("title" = '') AND NOT ("digest" = '') AND NOT ("attribution" = ''))));
CREATE TABLE "routes_walkedstreet" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "line" text NOT NULL CHECK ((JSON_VALID("line") OR "line" IS NULL)), "length_m" real NOT NULL, "pupils" integer unsigned NULL CHECK ("pupils" >= 0), "factor" real NOT NULL, "crossing_m" real NOT NULL, "plan_id" bigint NOT NULL REFERENCES "routes_schoolplan" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_street_of_enough_pupils" CHECK (("pupils" IS NULL OR "pupils" >= 11)), CONSTRAINT "routes_street_factor" CHECK ("factor" >= 1.0));
CREATE TABLE "routes_walkingbus" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "name" varchar(120) NOT NULL, "capacity" smallint unsigned NOT NULL CHECK ("capacity" >= 0), "pupils_per_leader" smallint unsigned NOT NULL CHECK ("pupils_per_leader" >= 0), "weekdays" text NOT NULL CHECK ((JSON_VALID("weekdays") OR "weekdays" IS NULL)), "valid_from" date NOT NULL, "valid_to" date NULL, "invented" bool NOT NULL, "campus_id" bigint NOT NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_bus_has_name" CHECK (NOT ("name" = '')), CONSTRAINT "routes_bus_believable" CHECK (("capacity" BETWEEN 1 AND 200 AND "pupils_per_leader" BETWEEN 1 AND 30)), CONSTRAINT "routes_bus_dates_in_order" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "routes_walkzonerule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NOT NULL, "elementary_m" real NOT NULL, "middle_m" real NOT NULL, "high_m" real NOT NULL, "source" varchar(200) NOT NULL, "set_at" datetime NOT NULL, "set_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "routes_zone_walkable" CHECK (("elementary_m" BETWEEN 160.0 AND 8050.0 AND "high_m" BETWEEN 160.0 AND 8050.0 AND "middle_m" BETWEEN 160.0 AND 8050.0)), CONSTRAINT "routes_zone_says_where" CHECK (NOT ("source" = '')));
CREATE TABLE "work_duechange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "from_due" date NULL, "to_due" date NOT NULL, "reason" text NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "work_due_change_has_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "work_evidence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "kind" varchar(12) NOT NULL, "text" text NOT NULL, "file_name" varchar(255) NOT NULL, "invented" bool NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "file_id" bigint NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "work_evidence_kind_known" CHECK ("kind" IN ('photo', 'document', 'note', 'measurement')), CONSTRAINT "work_evidence_says_something" CHECK ((NOT ("text" = '') OR "file_id" IS NOT NULL)));
CREATE TABLE "work_transition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "on" date NOT NULL, "by_name" varchar(200) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "from_state" varchar(10) NOT NULL, "to_state" varchar(10) NOT NULL, "reason" text NOT NULL, "by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "work_workitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "work_transition_numbered" UNIQUE ("item_id", "number"), CONSTRAINT "work_transition_to_known" CHECK ("to_state" IN ('proposed', 'accepted', 'funded', 'scheduled', 'done', 'verified', 'declined')), CONSTRAINT "work_declined_with_reason" CHECK ((NOT ("to_state" = 'declined') OR NOT ("reason" = ''))));
CREATE TABLE "work_workitem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reference" varchar(40) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "description" text NOT NULL, "kind" varchar(20) NOT NULL, "source" varchar(120) NOT NULL, "source_title" varchar(200) NOT NULL, "trade" varchar(20) NOT NULL, "severity" varchar(10) NOT NULL, "estimate_cents" bigint NULL, "funded_cents" bigint NULL, "actual_cents" bigint NULL, "currency" varchar(3) NOT NULL, "money_source" varchar(200) NOT NULL, "owner_role" varchar(40) NOT NULL, "due" date NULL, "first_due" date NULL, "planned_on" date NULL, "state" varchar(10) NOT NULL, "proposed_on" date NOT NULL, "done_on" date NULL, "verified_on" date NULL, "evidence_count" integer unsigned NOT NULL CHECK ("evidence_count" >= 0), "record_class" varchar(24) NOT NULL, "invented" bool NOT NULL, "campus_id" bigint NULL REFERENCES "places_campus" ("id") DEFERRABLE INITIALLY DEFERRED, "done_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_id" bigint NULL REFERENCES "access_membership" ("id") DEFERRABLE INITIALLY DEFERRED, "verified_by_id" bigint NULL REFERENCES "access_account" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "work_state_known" CHECK ("state" IN ('proposed', 'accepted', 'funded', 'scheduled', 'done', 'verified', 'declined')), CONSTRAINT "work_kind_known" CHECK ("kind" IN ('recommendation', 'repair', 'corrective_action', 'task')), CONSTRAINT "work_trade_known" CHECK ("trade" IN ('locks', 'fencing', 'lighting', 'landscape', 'glazing', 'paving', 'signs', 'paint', 'cameras', 'alarms', 'procedure', 'other')), CONSTRAINT "work_severity_known" CHECK ("severity" IN ('urgent', 'high', 'medium', 'low')), CONSTRAINT "work_has_title_and_reference" CHECK ((NOT ("title" = '') AND NOT ("reference" = ''))), CONSTRAINT "work_money_not_negative" CHECK ((("estimate_cents" IS NULL OR "estimate_cents" >= 0) AND ("funded_cents" IS NULL OR "funded_cents" >= 0) AND ("actual_cents" IS NULL OR "actual_cents" >= 0))), CONSTRAINT "work_first_due_is_kept" CHECK (("due" IS NULL OR "first_due" IS NOT NULL)), CONSTRAINT "work_two_persons" CHECK (("done_by_id" IS NULL OR "verified_by_id" IS NULL OR NOT ("done_by_id" = ("verified_by_id") AND "done_by_id" IS NOT NULL AND "verified_by_id" IS NOT NULL))), CONSTRAINT "work_done_names_who_and_when" CHECK ((("done_by_id" IS NOT NULL AND "done_on" IS NOT NULL AND "state" IN ('done', 'verified')) OR (NOT ("state" IN ('done', 'verified')) AND "done_by_id" IS NULL AND "done_on" IS NULL))), CONSTRAINT "work_verified_with_evidence" CHECK ((("evidence_count" >= 1 AND "state" = 'verified' AND "verified_by_id" IS NOT NULL AND "verified_on" IS NOT NULL) OR (NOT ("state" = 'verified') AND "verified_by_id" IS NULL AND "verified_on" IS NULL))));
CREATE UNIQUE INDEX "academy_staff_once" ON "cases_academystaff" ("cohort_id", "account_id") WHERE "until" IS NULL;
CREATE INDEX "access_account_groups_account_id_a8efab85" ON "access_account_groups" ("account_id");
CREATE UNIQUE INDEX "access_account_groups_account_id_group_id_06a0c260_uniq" ON "access_account_groups" ("account_id", "group_id");
CREATE INDEX "access_account_groups_group_id_5a53115f" ON "access_account_groups" ("group_id");
CREATE INDEX "access_account_user_permissions_account_id_7eeff073" ON "access_account_user_permissions" ("account_id");
CREATE UNIQUE INDEX "access_account_user_permissions_account_id_permission_id_d1f3de01_uniq" ON "access_account_user_permissions" ("account_id", "permission_id");
CREATE INDEX "access_account_user_permissions_permission_id_56434d76" ON "access_account_user_permissions" ("permission_id");
CREATE INDEX "access_agreement_owner_id_a4c1e8b7" ON "access_agreement" ("owner_id");
CREATE INDEX "access_agreement_recipient_id_5e5f1076" ON "access_agreement" ("recipient_id");
CREATE INDEX "access_agreement_revoked_by_id_f9bfe64c" ON "access_agreement" ("revoked_by_id");
CREATE INDEX "access_apitoken_membership_id_ceda2797" ON "access_apitoken" ("membership_id");
CREATE INDEX "access_certificate_agency_id_9cb86daa" ON "access_certificate" ("agency_id");
CREATE INDEX "access_certificate_proposed_by_id_fd842208" ON "access_certificate" ("proposed_by_id");
CREATE INDEX "access_certificate_reviewed_by_id_3f0e94da" ON "access_certificate" ("reviewed_by_id");
CREATE INDEX "access_certificate_schedule_id_fcf52d75" ON "access_certificate" ("schedule_id");
CREATE INDEX "access_consent_agency_id_c10b5059" ON "access_consent" ("agency_id");
CREATE INDEX "access_consent_recipient_id_649059e0" ON "access_consent" ("recipient_id");
CREATE INDEX "access_consent_recorded_by_id_daf23293" ON "access_consent" ("recorded_by_id");
CREATE INDEX "access_consent_subject_941edfa8" ON "access_consent" ("subject");
CREATE INDEX "access_disposal_agency_id_8c69d360" ON "access_disposal" ("agency_id");
CREATE INDEX "access_disposal_proposed_by_id_eaeaac7a" ON "access_disposal" ("proposed_by_id");
CREATE INDEX "access_disposal_reviewed_by_id_bfc33ba9" ON "access_disposal" ("reviewed_by_id");
CREATE INDEX "access_disposal_schedule_id_a2285194" ON "access_disposal" ("schedule_id");
CREATE INDEX "access_disposalrow_disposal_id_fd7949ae" ON "access_disposalrow" ("disposal_id");
CREATE INDEX "access_disposalrow_taken_out_by_id_7bfcab6b" ON "access_disposalrow" ("taken_out_by_id");
CREATE INDEX "access_emergency_account_id_8a85f548" ON "access_emergency" ("account_id");
CREATE INDEX "access_emergency_membership_id_bd063b28" ON "access_emergency" ("membership_id");
CREATE INDEX "access_emergency_reviewed_by_id_73f0b528" ON "access_emergency" ("reviewed_by_id");
CREATE INDEX "access_lifting_by_id_5d84a105" ON "access_lifting" ("by_id");
CREATE INDEX "access_litigationhold_agency_id_a162e92d" ON "access_litigationhold" ("agency_id");
CREATE INDEX "access_litigationhold_lifted_by_id_cab67aea" ON "access_litigationhold" ("lifted_by_id");
CREATE INDEX "access_litigationhold_placed_by_id_ccd580b3" ON "access_litigationhold" ("placed_by_id");
CREATE INDEX "access_membership_account_id_ac5d0d7a" ON "access_membership" ("account_id");
CREATE INDEX "access_membership_agency_id_a5f31321" ON "access_membership" ("agency_id");
CREATE INDEX "access_membership_campuses_campus_id_775ab789" ON "access_membership_campuses" ("campus_id");
CREATE INDEX "access_membership_campuses_membership_id_b4d133e5" ON "access_membership_campuses" ("membership_id");
CREATE UNIQUE INDEX "access_membership_campuses_membership_id_campus_id_8e3f78bb_uniq" ON "access_membership_campuses" ("membership_id", "campus_id");
CREATE INDEX "access_merging_agency_id_98a061e2" ON "access_merging" ("agency_id");
CREATE INDEX "access_merging_by_id_6e9435ce" ON "access_merging" ("by_id");
CREATE INDEX "access_merging_kept_c0eaedaf" ON "access_merging" ("kept");
CREATE INDEX "access_merging_merged_3229657a" ON "access_merging" ("merged");
CREATE INDEX "access_merging_undone_by_id_4b096761" ON "access_merging" ("undone_by_id");
CREATE INDEX "access_retentionschedule_set_by_id_58702c55" ON "access_retentionschedule" ("set_by_id");
CREATE INDEX "access_sealedpart_record_ef596100" ON "access_sealedpart" ("record");
CREATE INDEX "access_sealedpart_sealing_id_a2a1c240" ON "access_sealedpart" ("sealing_id");
CREATE INDEX "access_sealing_agency_id_bad0322b" ON "access_sealing" ("agency_id");
CREATE INDEX "access_sealing_ordered_by_id_cee523c3" ON "access_sealing" ("ordered_by_id");
CREATE INDEX "access_sealing_record_c4166fd7" ON "access_sealing" ("record");
CREATE INDEX "access_sealing_sealed_by_id_250f27f2" ON "access_sealing" ("sealed_by_id");
CREATE INDEX "access_sealing_subject_49801671" ON "access_sealing" ("subject");
CREATE INDEX "access_signature_account_id_7def3622" ON "access_signature" ("account_id");
CREATE INDEX "access_signature_agency_id_2d7fd091" ON "access_signature" ("agency_id");
CREATE INDEX "access_signature_agreement_id_342248df" ON "access_signature" ("agreement_id");
CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");
CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");
CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");
CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");
CREATE INDEX "alarm_system_changed" ON "alarms_alarmsystem" ("changed_at");
CREATE INDEX "alarms_actionplan_campus_id_d2231654" ON "alarms_actionplan" ("campus_id");
CREATE INDEX "alarms_alarmsystem_campus_id_ccc84167" ON "alarms_alarmsystem" ("campus_id");
CREATE INDEX "alarms_alarmsystem_line_id_a994f220" ON "alarms_alarmsystem" ("line_id");
CREATE INDEX "alarms_armingschedule_system_id_234daa12" ON "alarms_armingschedule" ("system_id");
CREATE INDEX "alarms_callcontact_campus_id_7e5cbfa7" ON "alarms_callcontact" ("campus_id");
CREATE INDEX "alarms_callcontact_member_id_0b85d625" ON "alarms_callcontact" ("member_id");
CREATE INDEX "alarms_case_campus_id_54764e17" ON "alarms_case" ("campus_id");
CREATE INDEX "alarms_case_claimed_by_id_f123bc5e" ON "alarms_case" ("claimed_by_id");
CREATE INDEX "alarms_case_closed_by_id_95945908" ON "alarms_case" ("closed_by_id");
CREATE INDEX "alarms_case_plan_id_5ff0342e" ON "alarms_case" ("plan_id");
CREATE INDEX "alarms_case_system_id_3c931479" ON "alarms_case" ("system_id");
CREATE INDEX "alarms_case_zone_id_a868f9d6" ON "alarms_case" ("zone_id");
CREATE INDEX "alarms_caseentry_by_id_48c1fc69" ON "alarms_caseentry" ("by_id");
CREATE INDEX "alarms_caseentry_case_id_36810c5a" ON "alarms_caseentry" ("case_id");
CREATE INDEX "alarms_caseentry_step_id_7ec668fe" ON "alarms_caseentry" ("step_id");
CREATE INDEX "alarms_handover_by_id_5f0e6306" ON "alarms_handover" ("by_id");
CREATE INDEX "alarms_handover_read_by_id_e97ac155" ON "alarms_handover" ("read_by_id");
CREATE INDEX "alarms_ontest_by_id_2de3f88c" ON "alarms_ontest" ("by_id");
CREATE INDEX "alarms_ontest_system_id_9004c4ad" ON "alarms_ontest" ("system_id");
CREATE INDEX "alarms_permit_system_id_c75d7144" ON "alarms_permit" ("system_id");
CREATE INDEX "alarms_planstep_plan_id_23c6bda6" ON "alarms_planstep" ("plan_id");
CREATE INDEX "alarms_signal_campus_id_90037e8a" ON "alarms_signal" ("campus_id");
CREATE INDEX "alarms_signal_case_id_ffa6ab28" ON "alarms_signal" ("case_id");
CREATE INDEX "alarms_signal_system_id_d3541c23" ON "alarms_signal" ("system_id");
CREATE INDEX "alarms_signal_zone_id_b01f0c33" ON "alarms_signal" ("zone_id");
CREATE INDEX "alarms_zone_system_id_7ffccf26" ON "alarms_zone" ("system_id");
CREATE INDEX "allocation_line_open" ON "funding_allocation" ("line_id", "withdrawn_on");
CREATE UNIQUE INDEX "allocation_once_while_open" ON "funding_allocation" ("work_id", "line_id") WHERE "withdrawn_on" IS NULL;
CREATE INDEX "answer_walk_item" ON "assessments_answer" ("walk_id", "item_id");
CREATE INDEX "armed_day_sums" ON "alarms_armedday" ("day", "site", "microseconds");
CREATE INDEX "assessment_campus_on" ON "assessments_assessment" ("campus_id", "assessed_on" DESC);
CREATE UNIQUE INDEX "assessment_once_a_day_and_kind" ON "assessments_assessment" ("campus_id", "kind", "assessed_on") WHERE "version_id" IS NULL;
CREATE INDEX "assessment_state_on" ON "assessments_assessment" ("state", "assessed_on");
CREATE INDEX "assessments_answer_item_id_ac6a02de" ON "assessments_answer" ("item_id");
CREATE INDEX "assessments_answer_walk_id_51a9d77f" ON "assessments_answer" ("walk_id");
CREATE INDEX "assessments_answerphoto_file_id_08363811" ON "assessments_answerphoto" ("file_id");
CREATE INDEX "assessments_answerphoto_item_id_5e2cdd7b" ON "assessments_answerphoto" ("item_id");
CREATE INDEX "assessments_answerphoto_plan_id_becb1184" ON "assessments_answerphoto" ("plan_id");
CREATE INDEX "assessments_answerphoto_walk_id_e3d89a6a" ON "assessments_answerphoto" ("walk_id");
CREATE INDEX "assessments_assessment_assessor_id_70ee953f" ON "assessments_assessment" ("assessor_id");
CREATE INDEX "assessments_assessment_campus_id_5ab66808" ON "assessments_assessment" ("campus_id");
CREATE INDEX "assessments_assessment_reviewed_by_id_0a306350" ON "assessments_assessment" ("reviewed_by_id");
CREATE INDEX "assessments_assessment_second_assessor_id_e5b03d89" ON "assessments_assessment" ("second_assessor_id");
CREATE INDEX "assessments_assessment_version_id_d5335d7b" ON "assessments_assessment" ("version_id");
CREATE INDEX "assessments_crosswalkfile_file_id_90011b53" ON "assessments_crosswalkfile" ("file_id");
CREATE INDEX "assessments_defectpoint_campus_id_f3aaf72d" ON "assessments_defectpoint" ("campus_id");
CREATE INDEX "assessments_defectreport_campus_id_01ba7a8a" ON "assessments_defectreport" ("campus_id");
CREATE INDEX "assessments_defectreport_point_id_7b376b51" ON "assessments_defectreport" ("point_id");
CREATE INDEX "assessments_defectreport_work_id_639f30f6" ON "assessments_defectreport" ("work_id");
CREATE INDEX "assessments_filling_file_id_32d5fe95" ON "assessments_filling" ("file_id");
CREATE INDEX "assessments_fillingfile_file_id_925dc1a7" ON "assessments_fillingfile" ("file_id");
CREATE INDEX "assessments_fillingfile_filling_id_815d7cfa" ON "assessments_fillingfile" ("filling_id");
CREATE INDEX "assessments_finding_assessment_id_94d0a12a" ON "assessments_finding" ("assessment_id");
CREATE INDEX "assessments_finding_campus_id_e8b60405" ON "assessments_finding" ("campus_id");
CREATE INDEX "assessments_finding_instrument_id_f44427fa" ON "assessments_finding" ("instrument_id");
CREATE INDEX "assessments_finding_item_id_c0178729" ON "assessments_finding" ("item_id");
CREATE INDEX "assessments_finding_work_id_0270b8fb" ON "assessments_finding" ("work_id");
CREATE INDEX "assessments_instrumentitem_version_id_d7399c0e" ON "assessments_instrumentitem" ("version_id");
CREATE INDEX "assessments_instrumentversion_file_id_330dcb15" ON "assessments_instrumentversion" ("file_id");
CREATE INDEX "assessments_instrumentversion_instrument_id_814a34a7" ON "assessments_instrumentversion" ("instrument_id");
CREATE INDEX "assessments_planrun_campus_id_16765031" ON "assessments_planrun" ("campus_id");
CREATE INDEX "assessments_planrun_plan_id_ca3472ed" ON "assessments_planrun" ("plan_id");
CREATE INDEX "assessments_planrun_work_id_c4c998ab" ON "assessments_planrun" ("work_id");
CREATE INDEX "assessments_preventiveplan_campus_id_280704bc" ON "assessments_preventiveplan" ("campus_id");
CREATE INDEX "assessments_reinspectionrequest_asked_by_id_870730e1" ON "assessments_reinspectionrequest" ("asked_by_id");
CREATE INDEX "assessments_reinspectionrequest_campus_id_d9afa9ed" ON "assessments_reinspectionrequest" ("campus_id");
CREATE INDEX "assessments_reinspectionrequest_findings_finding_id_9a8e9ced" ON "assessments_reinspectionrequest_findings" ("finding_id");
CREATE INDEX "assessments_reinspectionrequest_findings_reinspectionrequest_id_a10a7f33" ON "assessments_reinspectionrequest_findings" ("reinspectionrequest_id");
CREATE UNIQUE INDEX "assessments_reinspectionrequest_findings_reinspectionrequest_id_finding_id_fb63d8fb_uniq" ON "assessments_reinspectionrequest_findings" ("reinspectionrequest_id", "finding_id");
CREATE INDEX "assessments_settlement_assessment_id_c3832f26" ON "assessments_settlement" ("assessment_id");
CREATE INDEX "assessments_settlement_by_id_8a2ffc10" ON "assessments_settlement" ("by_id");
CREATE INDEX "assessments_settlement_finding_id_ac65c6f8" ON "assessments_settlement" ("finding_id");
CREATE INDEX "assessments_settlement_item_id_10abe76b" ON "assessments_settlement" ("item_id");
CREATE INDEX "assessments_sighting_finding_id_45a74552" ON "assessments_sighting" ("finding_id");
CREATE INDEX "assessments_sighting_walk_id_42060068" ON "assessments_sighting" ("walk_id");
CREATE INDEX "assessments_siteplan_campus_id_97f9b760" ON "assessments_siteplan" ("campus_id");
CREATE INDEX "assessments_siteplan_file_id_c235c49d" ON "assessments_siteplan" ("file_id");
CREATE INDEX "assessments_walk_assessment_id_3a099f2c" ON "assessments_walk" ("assessment_id");
CREATE INDEX "assessments_walk_assessor_id_1af1a17b" ON "assessments_walk" ("assessor_id");
CREATE INDEX "assessments_walk_campus_id_40817568" ON "assessments_walk" ("campus_id");
CREATE INDEX "assessments_walk_reinspection_id_ac9da9c3" ON "assessments_walk" ("reinspection_id");
CREATE INDEX "assessments_walkentry_walk_id_ff600797" ON "assessments_walkentry" ("walk_id");
CREATE INDEX "assessments_walkphoto_file_id_5993c143" ON "assessments_walkphoto" ("file_id");
CREATE INDEX "assessments_walkphoto_walk_id_64e2ebdb" ON "assessments_walkphoto" ("walk_id");
CREATE INDEX "audit_account" ON "audit_event" ("account_id", "sequence");
CREATE INDEX "audit_action" ON "audit_event" ("action", "sequence");
CREATE INDEX "audit_event_at_51e4e402" ON "audit_event" ("at");
CREATE INDEX "audit_subject" ON "audit_event" ("subject", "sequence");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "axes_accessattempt_ip_address_10922d9c" ON "axes_accessattempt" ("ip_address");
CREATE INDEX "axes_accessattempt_user_agent_ad89678b" ON "axes_accessattempt" ("user_agent");
CREATE INDEX "axes_accessattempt_username_3f2d4ca0" ON "axes_accessattempt" ("username");
CREATE UNIQUE INDEX "axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq" ON "axes_accessattempt" ("username", "ip_address", "user_agent");
CREATE INDEX "axes_accessfailurelog_ip_address_2e9f5a7f" ON "axes_accessfailurelog" ("ip_address");
CREATE INDEX "axes_accessfailurelog_user_agent_ea145dda" ON "axes_accessfailurelog" ("user_agent");
CREATE INDEX "axes_accessfailurelog_username_a8b7e8a4" ON "axes_accessfailurelog" ("username");
CREATE INDEX "axes_accesslog_ip_address_86b417e5" ON "axes_accesslog" ("ip_address");
CREATE INDEX "axes_accesslog_user_agent_0e659004" ON "axes_accesslog" ("user_agent");
CREATE INDEX "axes_accesslog_username_df93064b" ON "axes_accesslog" ("username");
CREATE UNIQUE INDEX "bell_times_once" ON "places_belltimes" ((COALESCE("campus_id", 0)), "weekday", (COALESCE("valid_from", '0001-01-01')));
CREATE INDEX "capacity_program_on" ON "programs_capacityreport" ("program_id", "on" DESC);
CREATE INDEX "case_campus" ON "alarms_case" ("campus_id", "opened_on");
CREATE INDEX "case_day" ON "alarms_case" ("opened_on", "kind");
CREATE UNIQUE INDEX "case_of_its_source_once" ON "alarms_case" ("source_key") WHERE NOT ("source_key" = '');
CREATE INDEX "case_open_of_system" ON "alarms_case" ("system_id", "partition") WHERE NOT ("state" = 'closed');
CREATE INDEX "case_queue" ON "alarms_case" ("state", "urgency" DESC) WHERE NOT ("state" = 'closed');
CREATE INDEX "case_zone" ON "alarms_case" ("zone_id", "opened_on") WHERE "zone_id" IS NOT NULL;
CREATE INDEX "cases_academycohort_agency_id_c76fbb29" ON "cases_academycohort" ("agency_id");
CREATE INDEX "cases_academycohort_campus_id_d2289f49" ON "cases_academycohort" ("campus_id");
CREATE INDEX "cases_academycohort_program_id_250c24b9" ON "cases_academycohort" ("program_id");
CREATE INDEX "cases_academymember_agency_id_000ec19f" ON "cases_academymember" ("agency_id");
CREATE INDEX "cases_academymember_cohort_id_096c1ad8" ON "cases_academymember" ("cohort_id");
CREATE INDEX "cases_academymember_subject_43b36c01" ON "cases_academymember" ("subject");
CREATE INDEX "cases_academymember_youth_id_73b91b8b" ON "cases_academymember" ("youth_id");
CREATE INDEX "cases_academypresence_agency_id_dc1ad8e7" ON "cases_academypresence" ("agency_id");
CREATE INDEX "cases_academypresence_member_id_5bf93aed" ON "cases_academypresence" ("member_id");
CREATE INDEX "cases_academypresence_subject_9fcbd7bb" ON "cases_academypresence" ("subject");
CREATE INDEX "cases_academypresence_youth_id_b3c8ca48" ON "cases_academypresence" ("youth_id");
CREATE INDEX "cases_academystaff_account_id_7ecd32b1" ON "cases_academystaff" ("account_id");
CREATE INDEX "cases_academystaff_cohort_id_4c8d44a6" ON "cases_academystaff" ("cohort_id");
CREATE INDEX "cases_attendanceday_agency_id_c5cd3ac1" ON "cases_attendanceday" ("agency_id");
CREATE INDEX "cases_attendanceday_subject_18d622a1" ON "cases_attendanceday" ("subject");
CREATE INDEX "cases_attendanceday_youth_id_ce2e5c91" ON "cases_attendanceday" ("youth_id");
CREATE INDEX "cases_boardcontract_agency_id_e32d50b8" ON "cases_boardcontract" ("agency_id");
CREATE INDEX "cases_boardcontract_subject_85e30e22" ON "cases_boardcontract" ("subject");
CREATE INDEX "cases_boardcontract_youth_id_c617968a" ON "cases_boardcontract" ("youth_id");
CREATE INDEX "cases_centrevisit_agency_id_a6f593ff" ON "cases_centrevisit" ("agency_id");
CREATE INDEX "cases_centrevisit_brought_agency_id_091fe77f" ON "cases_centrevisit" ("brought_agency_id");
CREATE INDEX "cases_centrevisit_subject_2089aae3" ON "cases_centrevisit" ("subject");
CREATE INDEX "cases_centrevisit_youth_id_5dcbbca6" ON "cases_centrevisit" ("youth_id");
CREATE INDEX "cases_classseat_agency_id_f00804f1" ON "cases_classseat" ("agency_id");
CREATE INDEX "cases_classseat_guardian_id_0a1cf935" ON "cases_classseat" ("guardian_id");
CREATE INDEX "cases_classseat_offering_id_09be934d" ON "cases_classseat" ("offering_id");
CREATE INDEX "cases_classseat_referral_id_264f271b" ON "cases_classseat" ("referral_id");
CREATE INDEX "cases_classseat_subject_f8592572" ON "cases_classseat" ("subject");
CREATE INDEX "cases_classseat_youth_id_e34ba50e" ON "cases_classseat" ("youth_id");
CREATE INDEX "cases_contact_agency_id_4314f810" ON "cases_contact" ("agency_id");
CREATE INDEX "cases_contact_by_id_1900f505" ON "cases_contact" ("by_id");
CREATE INDEX "cases_contact_referral_id_99bb68cb" ON "cases_contact" ("referral_id");
CREATE INDEX "cases_contact_subject_fce60387" ON "cases_contact" ("subject");
CREATE INDEX "cases_contact_youth_id_27d5b407" ON "cases_contact" ("youth_id");
CREATE INDEX "cases_contractterm_agency_id_f31aa802" ON "cases_contractterm" ("agency_id");
CREATE INDEX "cases_contractterm_case_id_3b9b72c9" ON "cases_contractterm" ("case_id");
CREATE INDEX "cases_contractterm_subject_59e5aa7c" ON "cases_contractterm" ("subject");
CREATE INDEX "cases_contractterm_youth_id_c10a5653" ON "cases_contractterm" ("youth_id");
CREATE INDEX "cases_delivery_agency_id_954c4dd2" ON "cases_delivery" ("agency_id");
CREATE INDEX "cases_delivery_officer_id_d0230fbd" ON "cases_delivery" ("officer_id");
CREATE INDEX "cases_disciplineincident_school_id_d78507b0" ON "cases_disciplineincident" ("school_id");
CREATE INDEX "cases_disciplineline_incident_id_8544d40b" ON "cases_disciplineline" ("incident_id");
CREATE INDEX "cases_diversioncase_agency_id_29fbac4b" ON "cases_diversioncase" ("agency_id");
CREATE INDEX "cases_diversioncase_subject_af56b24b" ON "cases_diversioncase" ("subject");
CREATE INDEX "cases_diversioncase_youth_id_8db49354" ON "cases_diversioncase" ("youth_id");
CREATE INDEX "cases_followup_agency_id_8003faa6" ON "cases_followup" ("agency_id");
CREATE INDEX "cases_followup_referral_id_130c9de6" ON "cases_followup" ("referral_id");
CREATE INDEX "cases_followup_subject_a616b258" ON "cases_followup" ("subject");
CREATE INDEX "cases_followup_youth_id_f81e3a29" ON "cases_followup" ("youth_id");
CREATE INDEX "cases_goal_agency_id_df6bf606" ON "cases_goal" ("agency_id");
CREATE INDEX "cases_goal_referral_id_18373832" ON "cases_goal" ("referral_id");
CREATE INDEX "cases_goal_subject_d9d0caaa" ON "cases_goal" ("subject");
CREATE INDEX "cases_goal_youth_id_0d39c345" ON "cases_goal" ("youth_id");
CREATE INDEX "cases_guardian_agency_id_166a933d" ON "cases_guardian" ("agency_id");
CREATE INDEX "cases_guardian_subject_24ef3976" ON "cases_guardian" ("subject");
CREATE INDEX "cases_guardian_youth_id_9ea8dc29" ON "cases_guardian" ("youth_id");
CREATE INDEX "cases_lookalike_agency_id_60b8f19f" ON "cases_lookalike" ("agency_id");
CREATE INDEX "cases_lookalike_decided_by_id_5bae1d64" ON "cases_lookalike" ("decided_by_id");
CREATE INDEX "cases_lookalike_merging_id_7bbe831b" ON "cases_lookalike" ("merging_id");
CREATE INDEX "cases_lookalike_other_id_23ec6e72" ON "cases_lookalike" ("other_id");
CREATE INDEX "cases_lookalike_subject_9ac09720" ON "cases_lookalike" ("subject");
CREATE INDEX "cases_lookalike_youth_id_f67bbf57" ON "cases_lookalike" ("youth_id");
CREATE INDEX "cases_monthlytrack_agency_id_9c83de22" ON "cases_monthlytrack" ("agency_id");
CREATE INDEX "cases_monthlytrack_by_id_a42e3adc" ON "cases_monthlytrack" ("by_id");
CREATE INDEX "cases_monthlytrack_referral_id_d172274c" ON "cases_monthlytrack" ("referral_id");
CREATE INDEX "cases_monthlytrack_subject_7d25164c" ON "cases_monthlytrack" ("subject");
CREATE INDEX "cases_monthlytrack_youth_id_20c1553a" ON "cases_monthlytrack" ("youth_id");
CREATE INDEX "cases_parentcontact_agency_id_1d402f2f" ON "cases_parentcontact" ("agency_id");
CREATE INDEX "cases_parentcontact_subject_d6f9147b" ON "cases_parentcontact" ("subject");
CREATE INDEX "cases_parentcontact_visit_id_62e43ee8" ON "cases_parentcontact" ("visit_id");
CREATE INDEX "cases_parentcontact_youth_id_3dd8b465" ON "cases_parentcontact" ("youth_id");
CREATE INDEX "cases_planstep_agency_id_d200462e" ON "cases_planstep" ("agency_id");
CREATE INDEX "cases_planstep_subject_c0d7a91b" ON "cases_planstep" ("subject");
CREATE INDEX "cases_planstep_visit_id_fa66fe45" ON "cases_planstep" ("visit_id");
CREATE INDEX "cases_planstep_youth_id_3d0f339f" ON "cases_planstep" ("youth_id");
CREATE INDEX "cases_referral_agency_id_427e3eaa" ON "cases_referral" ("agency_id");
CREATE INDEX "cases_referral_came_from_id_aa3e2776" ON "cases_referral" ("came_from_id");
CREATE INDEX "cases_referral_campus_id_52535f11" ON "cases_referral" ("campus_id");
CREATE INDEX "cases_referral_consent_id_b9dc80e7" ON "cases_referral" ("consent_id");
CREATE INDEX "cases_referral_coordinator_id_e685eaa2" ON "cases_referral" ("coordinator_id");
CREATE INDEX "cases_referral_named_program_id_f0e9bd19" ON "cases_referral" ("named_program_id");
CREATE INDEX "cases_referral_offering_id_6b6000a5" ON "cases_referral" ("offering_id");
CREATE INDEX "cases_referral_passed_to_id_93af86e5" ON "cases_referral" ("passed_to_id");
CREATE INDEX "cases_referral_program_id_43523c27" ON "cases_referral" ("program_id");
CREATE INDEX "cases_referral_referred_by_id_32fb505f" ON "cases_referral" ("referred_by_id");
CREATE INDEX "cases_referral_referring_agency_id_955d014f" ON "cases_referral" ("referring_agency_id");
CREATE INDEX "cases_referral_subject_a9e76683" ON "cases_referral" ("subject");
CREATE INDEX "cases_referral_youth_id_845b94fb" ON "cases_referral" ("youth_id");
CREATE INDEX "cases_releasecorrection_agency_id_2e0b7a6f" ON "cases_releasecorrection" ("agency_id");
CREATE INDEX "cases_releasecorrection_by_id_5f27e6c3" ON "cases_releasecorrection" ("by_id");
CREATE INDEX "cases_releasecorrection_subject_e097ac02" ON "cases_releasecorrection" ("subject");
CREATE INDEX "cases_releasecorrection_visit_id_788deeb8" ON "cases_releasecorrection" ("visit_id");
CREATE INDEX "cases_releasecorrection_youth_id_fbae8c98" ON "cases_releasecorrection" ("youth_id");
CREATE INDEX "cases_rosterdifference_agency_id_bfc5ea0e" ON "cases_rosterdifference" ("agency_id");
CREATE INDEX "cases_rosterdifference_decided_by_id_8cdbc0bb" ON "cases_rosterdifference" ("decided_by_id");
CREATE INDEX "cases_rosterdifference_subject_8411ab2b" ON "cases_rosterdifference" ("subject");
CREATE INDEX "cases_rosterdifference_told_school_id_e8a0083f" ON "cases_rosterdifference" ("told_school_id");
CREATE INDEX "cases_rosterdifference_youth_id_015affda" ON "cases_rosterdifference" ("youth_id");
CREATE INDEX "cases_seatduty_agency_id_a48e974c" ON "cases_seatduty" ("agency_id");
CREATE INDEX "cases_seatduty_due_on_277ae652" ON "cases_seatduty" ("due_on");
CREATE INDEX "cases_seatduty_seat_id_f20a14bd" ON "cases_seatduty" ("seat_id");
CREATE INDEX "cases_seatduty_subject_98cd9995" ON "cases_seatduty" ("subject");
CREATE INDEX "cases_seatduty_youth_id_ecba6bdf" ON "cases_seatduty" ("youth_id");
CREATE INDEX "cases_service_agency_id_5befe6e7" ON "cases_service" ("agency_id");
CREATE INDEX "cases_service_offering_id_8517fb8a" ON "cases_service" ("offering_id");
CREATE INDEX "cases_service_referral_id_80b51007" ON "cases_service" ("referral_id");
CREATE INDEX "cases_service_subject_a0d9d3a1" ON "cases_service" ("subject");
CREATE INDEX "cases_service_youth_id_8b68c49c" ON "cases_service" ("youth_id");
CREATE INDEX "cases_servicehours_agency_id_39b58890" ON "cases_servicehours" ("agency_id");
CREATE INDEX "cases_servicehours_decided_by_id_319786d8" ON "cases_servicehours" ("decided_by_id");
CREATE INDEX "cases_servicehours_logged_by_id_bf751df8" ON "cases_servicehours" ("logged_by_id");
CREATE INDEX "cases_servicehours_member_id_1f4bb60e" ON "cases_servicehours" ("member_id");
CREATE INDEX "cases_servicehours_subject_2e6799a8" ON "cases_servicehours" ("subject");
CREATE INDEX "cases_servicehours_youth_id_313c2cd1" ON "cases_servicehours" ("youth_id");
CREATE INDEX "cases_step_agency_id_32b8ab7b" ON "cases_step" ("agency_id");
CREATE INDEX "cases_step_by_id_48a313b1" ON "cases_step" ("by_id");
CREATE INDEX "cases_step_referral_id_f5e564ce" ON "cases_step" ("referral_id");
CREATE INDEX "cases_step_subject_ea846c2f" ON "cases_step" ("subject");
CREATE INDEX "cases_step_youth_id_9aed4ee6" ON "cases_step" ("youth_id");
CREATE INDEX "cases_termproof_agency_id_33aa169c" ON "cases_termproof" ("agency_id");
CREATE INDEX "cases_termproof_subject_eb616450" ON "cases_termproof" ("subject");
CREATE INDEX "cases_termproof_term_id_439cc023" ON "cases_termproof" ("term_id");
CREATE INDEX "cases_termproof_youth_id_8f1908d7" ON "cases_termproof" ("youth_id");
CREATE INDEX "cases_truancydeed_agency_id_7afa9be5" ON "cases_truancydeed" ("agency_id");
CREATE INDEX "cases_truancydeed_subject_9b5fc45e" ON "cases_truancydeed" ("subject");
CREATE INDEX "cases_truancydeed_youth_id_df326b86" ON "cases_truancydeed" ("youth_id");
CREATE INDEX "cases_visitfollowup_agency_id_87363a3a" ON "cases_visitfollowup" ("agency_id");
CREATE INDEX "cases_visitfollowup_due_on_1456b265" ON "cases_visitfollowup" ("due_on");
CREATE INDEX "cases_visitfollowup_subject_497744d8" ON "cases_visitfollowup" ("subject");
CREATE INDEX "cases_visitfollowup_visit_id_b1d6434e" ON "cases_visitfollowup" ("visit_id");
CREATE INDEX "cases_visitfollowup_youth_id_5c796964" ON "cases_visitfollowup" ("youth_id");
CREATE INDEX "cases_youth_agency_id_54ffd03c" ON "cases_youth" ("agency_id");
CREATE INDEX "cases_youth_coordinator_id_a862840c" ON "cases_youth" ("coordinator_id");
CREATE INDEX "cases_youth_merged_into_id_1717330c" ON "cases_youth" ("merged_into_id");
CREATE INDEX "cases_youth_school_id_e85f7e0b" ON "cases_youth" ("school_id");
CREATE INDEX "cases_youth_subject_715a8557" ON "cases_youth" ("subject");
CREATE INDEX "consent_of_subject" ON "access_consent" ("subject", "category", "recipient_id");
CREATE INDEX "contact_of_referral" ON "cases_contact" ("referral_id", "on");
CREATE INDEX "defect_point_at" ON "assessments_defectreport" ("point_id", "at");
CREATE UNIQUE INDEX "defect_point_label_once" ON "assessments_defectpoint" ("campus_id", "label") WHERE "ended_at" IS NULL;
CREATE INDEX "delivery_of_officer" ON "cases_delivery" ("officer_id", "announced_at");
CREATE INDEX "disposal_row_number" ON "access_disposalrow" ("number");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE INDEX "django_task_backend_071754_idx" ON "django_tasks_database_dbtaskresult" ("backend_name");
CREATE INDEX "django_task_queue_n_99c321_idx" ON "django_tasks_database_dbtaskresult" ("queue_name");
CREATE UNIQUE INDEX "edition_one_published_a_date" ON "reports_edition" ("report", "as_of") WHERE "state" = 'published';
CREATE INDEX "emergency_of_membership" ON "access_emergency" ("membership_id", "closes_at");
CREATE INDEX "entry_award_on" ON "grants_entry" ("award_id", "on");
CREATE UNIQUE INDEX "entry_external_id_once" ON "grants_entry" ("award_id", "external_id") WHERE (NOT ("external_id" = '') AND "gl_account" IS NULL);
CREATE UNIQUE INDEX "entry_external_id_once_an_account" ON "grants_entry" ("award_id", "external_id", "gl_account") WHERE (NOT ("external_id" = '') AND "gl_account" IS NOT NULL);
CREATE INDEX "entry_line_kind" ON "grants_entry" ("line_id", "kind");
CREATE INDEX "entry_on_kind" ON "grants_entry" ("on", "kind");
CREATE INDEX "exchange_importrun_file_id_febe82be" ON "exchange_importrun" ("file_id");
CREATE INDEX "finding_campus_state" ON "assessments_finding" ("campus_id", "state");
CREATE UNIQUE INDEX "finding_of_item_once_while_open" ON "assessments_finding" ("campus_id", "item_id") WHERE "state" IN ('open', 'accepted');
CREATE INDEX "finding_state_trade" ON "assessments_finding" ("state", "trade");
CREATE INDEX "funding_allocation_approval_id_d00a41cb" ON "funding_allocation" ("approval_id");
CREATE INDEX "funding_allocation_award_id_5f612876" ON "funding_allocation" ("award_id");
CREATE INDEX "funding_allocation_line_id_215729da" ON "funding_allocation" ("line_id");
CREATE INDEX "funding_allocation_withdrawn_by_id_6b05bb03" ON "funding_allocation" ("withdrawn_by_id");
CREATE INDEX "funding_allocation_work_id_48f5f1e9" ON "funding_allocation" ("work_id");
CREATE INDEX "funding_approval_asked_by_id_587a88c2" ON "funding_approval" ("asked_by_id");
CREATE INDEX "funding_approval_by_id_f68504dc" ON "funding_approval" ("by_id");
CREATE INDEX "funding_awardscope_by_id_6ad97a8e" ON "funding_awardscope" ("by_id");
CREATE INDEX "funding_awardscope_campuses_awardscope_id_a6566ef3" ON "funding_awardscope_campuses" ("awardscope_id");
CREATE UNIQUE INDEX "funding_awardscope_campuses_awardscope_id_campus_id_2d67ea5c_uniq" ON "funding_awardscope_campuses" ("awardscope_id", "campus_id");
CREATE INDEX "funding_awardscope_campuses_campus_id_7f2ba79e" ON "funding_awardscope_campuses" ("campus_id");
CREATE INDEX "funding_candidatefact_by_id_deece9a0" ON "funding_candidatefact" ("by_id");
CREATE INDEX "funding_candidatefact_work_id_6be27009" ON "funding_candidatefact" ("work_id");
CREATE INDEX "funding_plan_by_id_19d84389" ON "funding_plan" ("by_id");
CREATE INDEX "funding_priceoption_by_id_31b8987f" ON "funding_priceoption" ("by_id");
CREATE INDEX "funding_priceoption_line_id_bd7055ff" ON "funding_priceoption" ("line_id");
CREATE INDEX "funding_priceoption_work_id_0c31c2c8" ON "funding_priceoption" ("work_id");
CREATE INDEX "funding_scenario_by_id_45bdd2c7" ON "funding_scenario" ("by_id");
CREATE INDEX "funding_scenario_copied_from_id_0aec2cfa" ON "funding_scenario" ("copied_from_id");
CREATE INDEX "funding_scenario_plan_id_a49d2fbe" ON "funding_scenario" ("plan_id");
CREATE INDEX "funding_transferneed_approval_id_1d08d728" ON "funding_transferneed" ("approval_id");
CREATE INDEX "funding_transferneed_award_id_7efba9f4" ON "funding_transferneed" ("award_id");
CREATE INDEX "funding_transferneed_from_line_id_b56534ba" ON "funding_transferneed" ("from_line_id");
CREATE INDEX "funding_transferneed_to_line_id_da98ccac" ON "funding_transferneed" ("to_line_id");
CREATE INDEX "funding_worklink_by_id_56c65a8c" ON "funding_worklink" ("by_id");
CREATE INDEX "funding_worklink_other_id_2a7fb03e" ON "funding_worklink" ("other_id");
CREATE INDEX "funding_worklink_work_id_aa7fe8e5" ON "funding_worklink" ("work_id");
CREATE INDEX "grants_amendment_award_id_6eada15f" ON "grants_amendment" ("award_id");
CREATE INDEX "grants_amendment_by_id_3abb4385" ON "grants_amendment" ("by_id");
CREATE INDEX "grants_applicationpart_application_id_6a7d560d" ON "grants_applicationpart" ("application_id");
CREATE INDEX "grants_applicationpart_file_id_02f1236a" ON "grants_applicationpart" ("file_id");
CREATE INDEX "grants_budgetline_award_id_05dadd06" ON "grants_budgetline" ("award_id");
CREATE INDEX "grants_calendarfeed_membership_id_22e9f31d" ON "grants_calendarfeed" ("membership_id");
CREATE INDEX "grants_entry_award_id_072e9af6" ON "grants_entry" ("award_id");
CREATE INDEX "grants_entry_by_id_5581bd13" ON "grants_entry" ("by_id");
CREATE INDEX "grants_entry_line_id_2a4eeec7" ON "grants_entry" ("line_id");
CREATE INDEX "grants_entry_obligation_id_8e1af70a" ON "grants_entry" ("obligation_id");
CREATE INDEX "grants_entry_transfer_id_a5a1f5f9" ON "grants_entry" ("transfer_id");
CREATE INDEX "grants_evidence_by_id_5da2e72e" ON "grants_evidence" ("by_id");
CREATE INDEX "grants_evidence_entry_id_8f05225e" ON "grants_evidence" ("entry_id");
CREATE INDEX "grants_evidence_file_id_5c58c4ab" ON "grants_evidence" ("file_id");
CREATE INDEX "grants_lapsealert_award_id_1b7170e8" ON "grants_lapsealert" ("award_id");
CREATE INDEX "grants_ledgeraccount_award_id_f508835b" ON "grants_ledgeraccount" ("award_id");
CREATE INDEX "grants_ledgeraccount_line_id_220c2923" ON "grants_ledgeraccount" ("line_id");
CREATE INDEX "grants_monthsum_award_id_c26d9eb8" ON "grants_monthsum" ("award_id");
CREATE INDEX "grants_overriderequest_asked_by_id_1a280c5b" ON "grants_overriderequest" ("asked_by_id");
CREATE INDEX "grants_overriderequest_award_id_2392f68c" ON "grants_overriderequest" ("award_id");
CREATE INDEX "grants_overriderequest_decided_by_id_f1fad050" ON "grants_overriderequest" ("decided_by_id");
CREATE INDEX "grants_positionfunding_award_id_d27d7c0e" ON "grants_positionfunding" ("award_id");
CREATE INDEX "grants_positionfunding_position_id_96fee68d" ON "grants_positionfunding" ("position_id");
CREATE INDEX "grants_purpose_by_id_df1fbf49" ON "grants_purpose" ("by_id");
CREATE INDEX "grants_purpose_entry_id_2ed18161" ON "grants_purpose" ("entry_id");
CREATE INDEX "grants_reportdue_award_id_685c6ac0" ON "grants_reportdue" ("award_id");
CREATE INDEX "grants_signoff_application_id_76590e0f" ON "grants_signoff" ("application_id");
CREATE INDEX "grants_signoff_by_id_04bc654e" ON "grants_signoff" ("by_id");
CREATE INDEX "grants_transfer_award_id_79baff4e" ON "grants_transfer" ("award_id");
CREATE INDEX "grants_transfer_by_id_01137919" ON "grants_transfer" ("by_id");
CREATE INDEX "grants_transfer_from_line_id_9c113a19" ON "grants_transfer" ("from_line_id");
CREATE INDEX "grants_transfer_takes_back_id_9ff840bd" ON "grants_transfer" ("takes_back_id");
CREATE INDEX "grants_transfer_to_line_id_ee16a464" ON "grants_transfer" ("to_line_id");
CREATE INDEX "hours_of_member" ON "cases_servicehours" ("member_id", "on");
CREATE INDEX "import_account" ON "exchange_importrun" ("account_id", "started_at" DESC);
CREATE INDEX "import_exchange" ON "exchange_importrun" ("exchange", "started_at" DESC);
CREATE INDEX "incident_at_site" ON "incidents_incident" ("local_date", "campus_id", "in_school_hours") WHERE "at_campus";
CREATE INDEX "incident_case_number" ON "incidents_incident" ("case_number") WHERE "case_number" > '';
CREATE INDEX "incident_category" ON "incidents_incident" ("category", "local_date");
CREATE INDEX "incident_day" ON "incidents_incident" ("local_date", "occurred_at");
CREATE INDEX "incident_near_placement" ON "incidents_incident" ("placement", "local_date") WHERE "near_campus";
CREATE INDEX "incident_near_site" ON "incidents_incident" ("local_date", "campus_id", "placement") WHERE "near_campus";
CREATE INDEX "incident_site" ON "incidents_incident" ("campus_id", "local_date") WHERE "campus_id" IS NOT NULL;
CREATE INDEX "initiatives_blocker_initiative_id_91e7431c" ON "initiatives_blocker" ("initiative_id");
CREATE INDEX "initiatives_decision_by_id_3efbb59d" ON "initiatives_decision" ("by_id");
CREATE INDEX "initiatives_decision_initiative_id_c1483556" ON "initiatives_decision" ("initiative_id");
CREATE INDEX "initiatives_decision_meeting_id_c0991130" ON "initiatives_decision" ("meeting_id");
CREATE INDEX "initiatives_duechange_by_id_ce29fc5c" ON "initiatives_duechange" ("by_id");
CREATE INDEX "initiatives_duechange_initiative_id_a0af0b9f" ON "initiatives_duechange" ("initiative_id");
CREATE INDEX "initiatives_fact_initiative_id_57c68cda" ON "initiatives_fact" ("initiative_id");
CREATE INDEX "initiatives_fundingfact_part_of_id_1c8fcc20" ON "initiatives_fundingfact" ("part_of_id");
CREATE INDEX "initiatives_initiative_objective_id_bfcae630" ON "initiatives_initiative" ("objective_id");
CREATE INDEX "initiatives_initiative_owner_id_73926f85" ON "initiatives_initiative" ("owner_id");
CREATE INDEX "initiatives_initiative_part_of_id_dab98968" ON "initiatives_initiative" ("part_of_id");
CREATE INDEX "initiatives_measurelink_objective_id_8d5b9ee9" ON "initiatives_measurelink" ("objective_id");
CREATE INDEX "initiatives_meeting_body_id_44ee50e5" ON "initiatives_meeting" ("body_id");
CREATE INDEX "initiatives_milestone_initiative_id_30d8820b" ON "initiatives_milestone" ("initiative_id");
CREATE INDEX "initiatives_objective_goal_id_2bbe4034" ON "initiatives_objective" ("goal_id");
CREATE INDEX "initiatives_reopening_by_id_2d628069" ON "initiatives_reopening" ("by_id");
CREATE INDEX "initiatives_reopening_initiative_id_c912b8e1" ON "initiatives_reopening" ("initiative_id");
CREATE INDEX "initiatives_seat_agency_id_d2c7cd89" ON "initiatives_seat" ("agency_id");
CREATE INDEX "initiatives_seat_body_id_785b406a" ON "initiatives_seat" ("body_id");
CREATE INDEX "initiatives_statusupdate_by_id_e8480ade" ON "initiatives_statusupdate" ("by_id");
CREATE INDEX "initiatives_statusupdate_initiative_id_88c414ec" ON "initiatives_statusupdate" ("initiative_id");
CREATE INDEX "jobs_jobrequest_account_id_41c4185c" ON "jobs_jobrequest" ("account_id");
CREATE INDEX "jobs_jobrequest_requested_at_32574570" ON "jobs_jobrequest" ("requested_at");
CREATE INDEX "link_state_lost" ON "alarms_linkstate" ("lost_at") WHERE "lost_at" IS NOT NULL;
CREATE UNIQUE INDEX "merging_once_at_a_time" ON "access_merging" ("merged") WHERE "undone_at" IS NULL;
CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id");
CREATE INDEX "month_tally_at_campus" ON "incidents_monthtally" ("month") WHERE "at_campus";
CREATE INDEX "month_tally_generated" ON "incidents_monthtally" ("month") WHERE "generated";
CREATE INDEX "month_tally_site" ON "incidents_monthtally" ("site", "month");
CREATE UNIQUE INDEX "non_school_day_once" ON "places_nonschoolday" ((COALESCE("campus_id", 0)), "day");
CREATE INDEX "occupancy_campus" ON "places_schooloccupancy" ("campus_id", "valid_from", "valid_to");
CREATE INDEX "offering_days" ON "programs_offering" ("starts_on", "ends_on");
CREATE INDEX "on_test_system" ON "alarms_ontest" ("system_id", "ends");
CREATE INDEX "people_person_agency_id_ae5614b5" ON "people_person" ("agency_id");
CREATE INDEX "people_responsenumber_agency_id_a863b815" ON "people_responsenumber" ("agency_id");
CREATE UNIQUE INDEX "person_of_a_roster_once" ON "people_person" ("agency_id", "roster_id") WHERE NOT ("roster_id" = '');
CREATE INDEX "places_belltimes_campus_id_c421d720" ON "places_belltimes" ("campus_id");
CREATE INDEX "places_enrolment_school_id_3d9387b7" ON "places_enrolment" ("school_id");
CREATE INDEX "places_nonschoolday_campus_id_ca20c7a8" ON "places_nonschoolday" ("campus_id");
CREATE INDEX "places_schooloccupancy_campus_id_eaa017bc" ON "places_schooloccupancy" ("campus_id");
CREATE INDEX "places_schooloccupancy_school_id_dda2849f" ON "places_schooloccupancy" ("school_id");
CREATE INDEX "programs_assignment_offering_id_838f5a62" ON "programs_assignment" ("offering_id");
CREATE INDEX "programs_assignment_volunteer_id_a223a069" ON "programs_assignment" ("volunteer_id");
CREATE INDEX "programs_capacityreport_by_id_8f41403e" ON "programs_capacityreport" ("by_id");
CREATE INDEX "programs_capacityreport_program_id_0dddec04" ON "programs_capacityreport" ("program_id");
CREATE INDEX "programs_cohort_offering_id_a23bf121" ON "programs_cohort" ("offering_id");
CREATE INDEX "programs_contest_by_id_bad01856" ON "programs_contest" ("by_id");
CREATE INDEX "programs_contest_rule_id_3ce72c25" ON "programs_contest" ("rule_id");
CREATE INDEX "programs_contestanswer_by_id_fb6a4d02" ON "programs_contestanswer" ("by_id");
CREATE INDEX "programs_contestanswer_contested_by_id_6be16c63" ON "programs_contestanswer" ("contested_by_id");
CREATE INDEX "programs_dosageplan_program_id_d491f096" ON "programs_dosageplan" ("program_id");
CREATE INDEX "programs_eligibilityrule_program_id_e322ca94" ON "programs_eligibilityrule" ("program_id");
CREATE INDEX "programs_equipment_program_id_9be7fcc4" ON "programs_equipment" ("program_id");
CREATE INDEX "programs_evidencerating_program_id_ccb37451" ON "programs_evidencerating" ("program_id");
CREATE INDEX "programs_fidelitycheck_offering_id_07aad30b" ON "programs_fidelitycheck" ("offering_id");
CREATE INDEX "programs_instrumentresult_program_id_55248bc7" ON "programs_instrumentresult" ("program_id");
CREATE INDEX "programs_offering_campus_id_5ff5825a" ON "programs_offering" ("campus_id");
CREATE INDEX "programs_offering_program_id_4063f2da" ON "programs_offering" ("program_id");
CREATE INDEX "programs_oversight_body_key_a4e3e2b4" ON "programs_oversight" ("body_key");
CREATE INDEX "programs_oversight_program_id_817ae360" ON "programs_oversight" ("program_id");
CREATE INDEX "programs_program_provider_id_125942c7" ON "programs_program" ("provider_id");
CREATE INDEX "programs_proposal_decided_by_id_d3b2d03b" ON "programs_proposal" ("decided_by_id");
CREATE INDEX "programs_proposal_proposed_by_id_5cc2e7c5" ON "programs_proposal" ("proposed_by_id");
CREATE INDEX "programs_proposal_provider_id_6d45e948" ON "programs_proposal" ("provider_id");
CREATE INDEX "programs_provider_agency_id_93ed4ccd" ON "programs_provider" ("agency_id");
CREATE INDEX "programs_session_cohort_id_3940aae0" ON "programs_session" ("cohort_id");
CREATE INDEX "programs_session_offering_id_37d288eb" ON "programs_session" ("offering_id");
CREATE INDEX "programs_sessioncount_by_id_ee0da8ce" ON "programs_sessioncount" ("by_id");
CREATE INDEX "programs_sessioncount_session_id_df550e55" ON "programs_sessioncount" ("session_id");
CREATE INDEX "programs_vetting_volunteer_id_f1db5b23" ON "programs_vetting" ("volunteer_id");
CREATE INDEX "programs_volunteer_provider_id_df0e3e03" ON "programs_volunteer" ("provider_id");
CREATE INDEX "programs_waiver_program_id_2dd6e3e0" ON "programs_waiver" ("program_id");
CREATE INDEX "purpose_target" ON "grants_purpose" ("target");
CREATE INDEX "referral_board" ON "cases_referral" ("agency_id", "state", "due_on");
CREATE INDEX "referral_caseload" ON "cases_referral" ("coordinator_id", "state");
CREATE INDEX "referral_referred_on" ON "cases_referral" ("referred_on");
CREATE INDEX "report_due_open" ON "grants_reportdue" ("submitted_on", "due");
CREATE INDEX "reports_author_edition_id_f403e9ee" ON "reports_author" ("edition_id");
CREATE INDEX "reports_batch_stored_id_0b814aa9" ON "reports_batch" ("stored_id");
CREATE INDEX "reports_cellreading_edition_id_54c78483" ON "reports_cellreading" ("edition_id");
CREATE INDEX "reports_cellreading_section_235f5a3a" ON "reports_cellreading" ("section");
CREATE INDEX "reports_correction_cell_id_5971820a" ON "reports_correction" ("cell_id");
CREATE INDEX "reports_correction_edition_id_948d96ff" ON "reports_correction" ("edition_id");
CREATE INDEX "reports_editionfile_edition_id_db4249fe" ON "reports_editionfile" ("edition_id");
CREATE INDEX "reports_editionfile_stored_id_a8243fa2" ON "reports_editionfile" ("stored_id");
CREATE INDEX "reports_section_edition_id_33f94030" ON "reports_section" ("edition_id");
CREATE INDEX "reports_section_key_46a3241b" ON "reports_section" ("key");
CREATE INDEX "reports_signoff_edition_id_0ca7cca8" ON "reports_signoff" ("edition_id");
CREATE INDEX "roster_difference_of_youth" ON "cases_rosterdifference" ("youth_id", "state");
CREATE INDEX "routes_auditdecision_assessment_id_773576f4" ON "routes_auditdecision" ("assessment_id");
CREATE INDEX "routes_auditdecision_barrier_id_77409ebb" ON "routes_auditdecision" ("barrier_id");
CREATE INDEX "routes_auditdecision_by_id_eb297514" ON "routes_auditdecision" ("by_id");
CREATE INDEX "routes_barrier_campus" ON "routes_barrier" ("campus_id", "state");
CREATE INDEX "routes_barrier_campus_id_c3ee6e5f" ON "routes_barrier" ("campus_id");
CREATE UNIQUE INDEX "routes_barrier_once_for_source" ON "routes_barrier" ("source") WHERE NOT ("source" = '');
CREATE INDEX "routes_barrier_photo_id_675c8491" ON "routes_barrier" ("photo_id");
CREATE INDEX "routes_barrier_reported_by_id_84248e06" ON "routes_barrier" ("reported_by_id");
CREATE INDEX "routes_barrier_state" ON "routes_barrier" ("state", "severity");
CREATE INDEX "routes_barrierstep_barrier_id_1aa6b70a" ON "routes_barrierstep" ("barrier_id");
CREATE INDEX "routes_barrierstep_by_id_2df04990" ON "routes_barrierstep" ("by_id");
CREATE INDEX "routes_busleader_account_id_1ff0c950" ON "routes_busleader" ("account_id");
CREATE INDEX "routes_busleader_bus_id_0b91bf83" ON "routes_busleader" ("bus_id");
CREATE INDEX "routes_busrun_bus_id_ff371a66" ON "routes_busrun" ("bus_id");
CREATE INDEX "routes_busrun_leaders_busleader_id_9c6757f2" ON "routes_busrun_leaders" ("busleader_id");
CREATE INDEX "routes_busrun_leaders_busrun_id_7bb36190" ON "routes_busrun_leaders" ("busrun_id");
CREATE UNIQUE INDEX "routes_busrun_leaders_busrun_id_busleader_id_3c865c48_uniq" ON "routes_busrun_leaders" ("busrun_id", "busleader_id");
CREATE INDEX "routes_busstop_bus_id_9994651e" ON "routes_busstop" ("bus_id");
CREATE INDEX "routes_classtally_campus_id_efbd5007" ON "routes_classtally" ("campus_id");
CREATE INDEX "routes_classtally_recorded_by_id_fac77441" ON "routes_classtally" ("recorded_by_id");
CREATE INDEX "routes_collision_day_1c872dd0" ON "routes_collision" ("day");
CREATE INDEX "routes_collision_grave" ON "routes_collision" ("grave", "day");
CREATE INDEX "routes_collisionnear_campus_id_f593a3c3" ON "routes_collisionnear" ("campus_id");
CREATE INDEX "routes_collisionnear_collision_id_ca76a203" ON "routes_collisionnear" ("collision_id");
CREATE INDEX "routes_crossing_campus_id_078a0c1e" ON "routes_crossing" ("campus_id");
CREATE INDEX "routes_crossingcount_crossing_id_9a0ffc00" ON "routes_crossingcount" ("crossing_id");
CREATE INDEX "routes_guardassignment_account_id_01bf6919" ON "routes_guardassignment" ("account_id");
CREATE INDEX "routes_guardassignment_post_id_1b4233e4" ON "routes_guardassignment" ("post_id");
CREATE INDEX "routes_guardpost_agency_id_d88ad7f7" ON "routes_guardpost" ("agency_id");
CREATE INDEX "routes_guardpost_crossing_id_e54fd26a" ON "routes_guardpost" ("crossing_id");
CREATE UNIQUE INDEX "routes_network_one_current" ON "routes_streetnetwork" ("current") WHERE "current";
CREATE INDEX "routes_parentsurvey_campus_id_702e9c63" ON "routes_parentsurvey" ("campus_id");
CREATE INDEX "routes_plannedfix_barrier_id_9c5cdc67" ON "routes_plannedfix" ("barrier_id");
CREATE INDEX "routes_plannedfix_plan_id_1e9b94fb" ON "routes_plannedfix" ("plan_id");
CREATE INDEX "routes_recommendation_barrier_id_58e09379" ON "routes_recommendation" ("barrier_id");
CREATE INDEX "routes_recommendation_work_id_6942b9ca" ON "routes_recommendation" ("work_id");
CREATE INDEX "routes_schoolplan_campus_id_bee1dd34" ON "routes_schoolplan" ("campus_id");
CREATE INDEX "routes_schoolplan_made_by_id_e7836610" ON "routes_schoolplan" ("made_by_id");
CREATE INDEX "routes_schoolplan_network_id_a07f984a" ON "routes_schoolplan" ("network_id");
CREATE INDEX "routes_step_to_on" ON "routes_barrierstep" ("to_state", "on");
CREATE INDEX "routes_survey_day" ON "routes_parentsurvey" ("day", "campus_id");
CREATE INDEX "routes_tally_day" ON "routes_classtally" ("day", "campus_id");
CREATE INDEX "routes_walkedstreet_plan_id_38fe3483" ON "routes_walkedstreet" ("plan_id");
CREATE INDEX "routes_walkingbus_campus_id_d4010a48" ON "routes_walkingbus" ("campus_id");
CREATE INDEX "routes_walkzonerule_set_by_id_73458be2" ON "routes_walkzonerule" ("set_by_id");
CREATE INDEX "seat_of_offering" ON "cases_classseat" ("offering_id", "state");
CREATE UNIQUE INDEX "seat_once_an_offering" ON "cases_classseat" ("referral_id", "offering_id") WHERE NOT ("state" = 'freed');
CREATE INDEX "session_state_on" ON "programs_session" ("state", "on");
CREATE INDEX "signal_digest" ON "alarms_signal" ("digest", "received_at");
CREATE INDEX "signal_received" ON "alarms_signal" ("received_at");
CREATE INDEX "signal_system" ON "alarms_signal" ("system_id", "received_at");
CREATE INDEX "signal_zone" ON "alarms_signal" ("zone_id", "received_at") WHERE "zone_id" IS NOT NULL;
CREATE UNIQUE INDEX "signoff_two_different_people" ON "reports_signoff" ("edition_id", "round", "account_id") WHERE "step" IN ('approve', 'publish');
CREATE INDEX "status_initiative_on" ON "initiatives_statusupdate" ("initiative_id", "on" DESC);
CREATE INDEX "tasks_db_new_ordering_idx" ON "django_tasks_database_dbtaskresult" ("status", "priority" DESC, "run_after" ASC, "enqueued_at" ASC) WHERE "status" = 'READY';
CREATE UNIQUE INDEX "transfer_taken_back_once" ON "grants_transfer" ("takes_back_id") WHERE "takes_back_id" IS NOT NULL;
CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes');
CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";
CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";
CREATE UNIQUE INDEX "walk_numbered_once" ON "assessments_walk" ("assessment_id", "number") WHERE "assessment_id" IS NOT NULL;
CREATE UNIQUE INDEX "walk_of_reinspection_once" ON "assessments_walk" ("reinspection_id", "number") WHERE "reinspection_id" IS NOT NULL;
CREATE INDEX "work_campus_state" ON "work_workitem" ("campus_id", "state");
CREATE INDEX "work_duechange_by_id_27d5af23" ON "work_duechange" ("by_id");
CREATE INDEX "work_duechange_item_id_72f88016" ON "work_duechange" ("item_id");
CREATE INDEX "work_evidence_by_id_95063464" ON "work_evidence" ("by_id");
CREATE INDEX "work_evidence_file_id_199b4d83" ON "work_evidence" ("file_id");
CREATE INDEX "work_evidence_item_id_5be68f63" ON "work_evidence" ("item_id");
CREATE INDEX "work_kind_state" ON "work_workitem" ("kind", "state");
CREATE UNIQUE INDEX "work_once_for_each_source" ON "work_workitem" ("source", "kind") WHERE NOT ("source" = '');
CREATE INDEX "work_state_due" ON "work_workitem" ("state", "due");
CREATE INDEX "work_transition_by_id_6c90890f" ON "work_transition" ("by_id");
CREATE INDEX "work_transition_item_id_d63bd787" ON "work_transition" ("item_id");
CREATE INDEX "work_transition_on" ON "work_transition" ("on");
CREATE INDEX "work_transition_to_on" ON "work_transition" ("to_state", "on");
CREATE INDEX "work_workitem_campus_id_78f322c3" ON "work_workitem" ("campus_id");
CREATE INDEX "work_workitem_done_by_id_7be8fb4d" ON "work_workitem" ("done_by_id");
CREATE INDEX "work_workitem_owner_id_2b880ea6" ON "work_workitem" ("owner_id");
CREATE INDEX "work_workitem_verified_by_id_c4edbcde" ON "work_workitem" ("verified_by_id");
CREATE INDEX "youth_born_on" ON "cases_youth" ("agency_id", "born_on");
CREATE INDEX "youth_of_coordinator" ON "cases_youth" ("agency_id", "coordinator_id");
CREATE TRIGGER access_agreement_final BEFORE UPDATE ON access_agreement WHEN (OLD.revoked_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'this of access_agreement is never changed'); END;
CREATE TRIGGER access_agreement_fixed BEFORE UPDATE OF "id", "title", "record_classes", "purposes", "fields", "valid_from", "valid_to", "owner_id", "recipient_id" ON access_agreement BEGIN SELECT RAISE(ABORT, 'this of access_agreement is never changed'); END;
CREATE TRIGGER access_certificate_fixed BEFORE UPDATE OF "id", "table", "record_class", "rows", "on", "agency_id", "proposed_by_id", "reviewed_by_id", "disposal_id", "schedule_id" ON access_certificate BEGIN SELECT RAISE(ABORT, 'this of access_certificate is never changed'); END;
CREATE TRIGGER access_consent_begun BEFORE INSERT ON access_consent WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of access_consent of a sealed person is not begun'); END;
CREATE TRIGGER access_consent_deletion BEFORE DELETE ON access_consent WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'access.Consent' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('access.Consent', OLD.subject, 'access.Consent' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of access_consent goes only by a reviewed disposal'); END;
CREATE TRIGGER access_consent_fixed BEFORE UPDATE OF "id", "record_class", "category", "purpose", "given_by", "valid_from", "valid_to", "recorded_at", "agency_id", "recipient_id", "recorded_by_id" ON access_consent BEGIN SELECT RAISE(ABORT, 'this of access_consent is never changed'); END;
CREATE TRIGGER access_consent_person BEFORE UPDATE OF subject ON access_consent WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'access.Consent:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'access.Consent:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'access.Consent:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of access_consent of another person: this is never changed but by a merging'); END;
CREATE TRIGGER access_consent_sealed BEFORE UPDATE ON access_consent WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'access.Consent:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'access.Consent:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'access.Consent:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'access.Consent:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of access_consent is sealed and never changed'); END;
CREATE TRIGGER access_disposal_final BEFORE UPDATE ON access_disposal WHEN (OLD.carried_out_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'this of access_disposal is never changed'); END;
CREATE TRIGGER access_disposal_fixed BEFORE UPDATE OF "id", "proposed_at", "agency_id", "proposed_by_id", "schedule_id", "of_sealed" ON access_disposal BEGIN SELECT RAISE(ABORT, 'this of access_disposal is never changed'); END;
CREATE TRIGGER access_disposalrow_final BEFORE UPDATE ON access_disposalrow WHEN (OLD.taken_out_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'this of access_disposalrow is never changed'); END;
CREATE TRIGGER access_disposalrow_fixed BEFORE UPDATE OF "id", "number", "due_on", "disposal_id" ON access_disposalrow BEGIN SELECT RAISE(ABORT, 'this of access_disposalrow is never changed'); END;
CREATE TRIGGER access_emergency_final BEFORE UPDATE ON access_emergency WHEN (OLD.reviewed_at IS NOT NULL AND NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.judgement = OLD.judgement AND NEW.reviewed_at = OLD.reviewed_at AND NEW.reviewed_by_id = OLD.reviewed_by_id)) BEGIN SELECT RAISE(ABORT, 'this of access_emergency is never changed'); END;
CREATE TRIGGER access_emergency_fixed BEFORE UPDATE OF "id", "subject", "opened_at", "closes_at", "account_id", "membership_id" ON access_emergency BEGIN SELECT RAISE(ABORT, 'this of access_emergency is never changed'); END;
CREATE TRIGGER access_emergency_words BEFORE UPDATE ON access_emergency WHEN (NEW.reason <> OLD.reason
    OR COALESCE(NEW.erased_at <> OLD.erased_at, NEW.erased_at IS NOT NULL OR OLD.erased_at IS NOT NULL)) AND NOT (NEW.reason = '' AND NEW.note = '' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
  AND EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE rule."table" || ':' || listed.number = OLD.subject AND listed.taken_out_at IS NULL
       AND batch.is_approved AND batch.carried_out_at IS NULL)) BEGIN SELECT RAISE(ABORT, 'an emergency is never changed; its words go with the record alone'); END;
CREATE TRIGGER access_lifting_fixed BEFORE UPDATE OF "id", "reason", "at", "by_id", "sealing_id" ON access_lifting BEGIN SELECT RAISE(ABORT, 'this of access_lifting is never changed'); END;
CREATE TRIGGER access_litigationhold_final BEFORE UPDATE ON access_litigationhold WHEN (OLD.lifted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'this of access_litigationhold is never changed'); END;
CREATE TRIGGER access_litigationhold_fixed BEFORE UPDATE OF "id", "covers", "names", "matter", "reason", "placed_at", "agency_id", "placed_by_id" ON access_litigationhold BEGIN SELECT RAISE(ABORT, 'this of access_litigationhold is never changed'); END;
CREATE TRIGGER access_merging_final BEFORE UPDATE ON access_merging WHEN (OLD.undone_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'this of access_merging is never changed'); END;
CREATE TRIGGER access_merging_fixed BEFORE UPDATE OF "id", "kept", "merged", "moved", "reason", "at", "agency_id", "by_id" ON access_merging BEGIN SELECT RAISE(ABORT, 'this of access_merging is never changed'); END;
CREATE TRIGGER access_retentionschedule_final BEFORE UPDATE ON access_retentionschedule WHEN (OLD.valid_to IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'this of access_retentionschedule is never changed'); END;
CREATE TRIGGER access_retentionschedule_fixed BEFORE UPDATE OF "id", "table", "record_class", "version", "after", "years", "citation", "is_confirmed", "valid_from", "set_at", "set_by_id" ON access_retentionschedule BEGIN SELECT RAISE(ABORT, 'this of access_retentionschedule is never changed'); END;
CREATE TRIGGER access_sealedpart_fixed BEFORE UPDATE OF "id", "record", "sealing_id" ON access_sealedpart BEGIN SELECT RAISE(ABORT, 'this of access_sealedpart is never changed'); END;
CREATE TRIGGER access_sealing_final BEFORE UPDATE ON access_sealing WHEN (OLD.sealed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'this of access_sealing is never changed'); END;
CREATE TRIGGER access_sealing_fixed BEFORE UPDATE OF "id", "subject", "ground", "reason", "ordered_at", "due_on", "agency_id", "ordered_by_id", "record" ON access_sealing BEGIN SELECT RAISE(ABORT, 'this of access_sealing is never changed'); END;
CREATE TRIGGER access_signature_fixed BEFORE UPDATE OF "id", "role", "at", "terms_sha256", "account_id", "agency_id", "agreement_id" ON access_signature BEGIN SELECT RAISE(ABORT, 'this of access_signature is never changed'); END;
CREATE TRIGGER alarms_caseentry_unchanging BEFORE UPDATE ON alarms_caseentry BEGIN SELECT RAISE(ABORT, 'rows of alarms_caseentry are never changed'); END;
CREATE TRIGGER alarms_journalsegment_unchanging BEFORE UPDATE ON alarms_journalsegment BEGIN SELECT RAISE(ABORT, 'rows of alarms_journalsegment are never changed'); END;
CREATE TRIGGER assessments_answer_unchanging BEFORE UPDATE ON assessments_answer BEGIN SELECT RAISE(ABORT, 'rows of assessments_answer are never changed'); END;
CREATE TRIGGER assessments_crosswalkfile_unchanging BEFORE UPDATE ON assessments_crosswalkfile BEGIN SELECT RAISE(ABORT, 'rows of assessments_crosswalkfile are never changed'); END;
CREATE TRIGGER assessments_filling_unchanging BEFORE UPDATE ON assessments_filling BEGIN SELECT RAISE(ABORT, 'rows of assessments_filling are never changed'); END;
CREATE TRIGGER assessments_fillingfile_unchanging BEFORE UPDATE ON assessments_fillingfile BEGIN SELECT RAISE(ABORT, 'rows of assessments_fillingfile are never changed'); END;
CREATE TRIGGER assessments_instrumentitem_unchanging BEFORE UPDATE ON assessments_instrumentitem BEGIN SELECT RAISE(ABORT, 'rows of assessments_instrumentitem are never changed'); END;
CREATE TRIGGER assessments_planrun_unchanging BEFORE UPDATE ON assessments_planrun BEGIN SELECT RAISE(ABORT, 'rows of assessments_planrun are never changed'); END;
CREATE TRIGGER assessments_settlement_unchanging BEFORE UPDATE ON assessments_settlement BEGIN SELECT RAISE(ABORT, 'rows of assessments_settlement are never changed'); END;
CREATE TRIGGER assessments_sighting_unchanging BEFORE UPDATE ON assessments_sighting BEGIN SELECT RAISE(ABORT, 'rows of assessments_sighting are never changed'); END;
CREATE TRIGGER assessments_walkentry_unchanging BEFORE UPDATE ON assessments_walkentry BEGIN SELECT RAISE(ABORT, 'rows of assessments_walkentry are never changed'); END;
CREATE TRIGGER assessments_walkphoto_unchanging BEFORE UPDATE ON assessments_walkphoto BEGIN SELECT RAISE(ABORT, 'rows of assessments_walkphoto are never changed'); END;
CREATE TRIGGER audit_event_no_delete 
        BEFORE DELETE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit events are only ever appended'); END;
CREATE TRIGGER audit_event_no_update 
        BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit events are only ever appended'); END;
CREATE TRIGGER audit_event_only_next 
        BEFORE INSERT ON audit_event
        WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_event)
          OR EXISTS (SELECT 1 FROM audit_event WHERE hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, 'audit events are only ever appended'); END;
CREATE TRIGGER cases_academymember_begun BEFORE INSERT ON cases_academymember WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_academymember of a sealed person is not begun'); END;
CREATE TRIGGER cases_academymember_deletion BEFORE DELETE ON cases_academymember WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.AcademyMember' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.AcademyMember', OLD.subject, 'cases.AcademyMember' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_academymember goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_academymember_fixed BEFORE UPDATE OF "id", "record_class", "joined_on", "invented", "agency_id", "cohort_id" ON cases_academymember BEGIN SELECT RAISE(ABORT, 'this of cases_academymember is never changed'); END;
CREATE TRIGGER cases_academymember_person BEFORE UPDATE OF subject, youth_id ON cases_academymember WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.AcademyMember:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.AcademyMember:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.AcademyMember:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_academymember of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_academymember_sealed BEFORE UPDATE ON cases_academymember WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.AcademyMember:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.AcademyMember:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.AcademyMember:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.AcademyMember:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_academymember is sealed and never changed'); END;
CREATE TRIGGER cases_academypresence_begun BEFORE INSERT ON cases_academypresence WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_academypresence of a sealed person is not begun'); END;
CREATE TRIGGER cases_academypresence_deletion BEFORE DELETE ON cases_academypresence WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.AcademyPresence' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.AcademyPresence', OLD.subject, 'cases.AcademyPresence' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_academypresence goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_academypresence_fixed BEFORE UPDATE OF "id", "record_class", "on", "kind", "invented", "agency_id", "member_id" ON cases_academypresence BEGIN SELECT RAISE(ABORT, 'this of cases_academypresence is never changed'); END;
CREATE TRIGGER cases_academypresence_person BEFORE UPDATE OF subject, youth_id ON cases_academypresence WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.AcademyPresence:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.AcademyPresence:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.AcademyPresence:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_academypresence of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_academypresence_sealed BEFORE UPDATE ON cases_academypresence WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.AcademyPresence:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.AcademyPresence:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.AcademyPresence:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.AcademyPresence:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_academypresence is sealed and never changed'); END;
CREATE TRIGGER cases_attendanceday_begun BEFORE INSERT ON cases_attendanceday WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_attendanceday of a sealed person is not begun'); END;
CREATE TRIGGER cases_attendanceday_deletion BEFORE DELETE ON cases_attendanceday WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.AttendanceDay' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.AttendanceDay', OLD.subject, 'cases.AttendanceDay' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_attendanceday goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_attendanceday_fixed BEFORE UPDATE OF "id", "record_class", "on", "invented", "agency_id" ON cases_attendanceday BEGIN SELECT RAISE(ABORT, 'this of cases_attendanceday is never changed'); END;
CREATE TRIGGER cases_attendanceday_person BEFORE UPDATE OF subject, youth_id ON cases_attendanceday WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.AttendanceDay:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.AttendanceDay:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.AttendanceDay:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_attendanceday of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_attendanceday_sealed BEFORE UPDATE ON cases_attendanceday WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.AttendanceDay:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.AttendanceDay:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.AttendanceDay:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.AttendanceDay:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_attendanceday is sealed and never changed'); END;
CREATE TRIGGER cases_boardcontract_begun BEFORE INSERT ON cases_boardcontract WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_boardcontract of a sealed person is not begun'); END;
CREATE TRIGGER cases_boardcontract_deletion BEFORE DELETE ON cases_boardcontract WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.BoardContract' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.BoardContract', OLD.subject, 'cases.BoardContract' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_boardcontract goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_boardcontract_fixed BEFORE UPDATE OF "id", "record_class", "signed_on", "ends_on", "invented", "agency_id" ON cases_boardcontract BEGIN SELECT RAISE(ABORT, 'this of cases_boardcontract is never changed'); END;
CREATE TRIGGER cases_boardcontract_person BEFORE UPDATE OF subject, youth_id ON cases_boardcontract WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.BoardContract:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.BoardContract:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.BoardContract:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_boardcontract of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_boardcontract_sealed BEFORE UPDATE ON cases_boardcontract WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.BoardContract:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.BoardContract:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.BoardContract:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.BoardContract:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_boardcontract is sealed and never changed'); END;
CREATE TRIGGER cases_centrevisit_begun BEFORE INSERT ON cases_centrevisit WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_centrevisit of a sealed person is not begun'); END;
CREATE TRIGGER cases_centrevisit_deletion BEFORE DELETE ON cases_centrevisit WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.CentreVisit' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.CentreVisit', OLD.subject, 'cases.CentreVisit' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_centrevisit goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_centrevisit_fixed BEFORE UPDATE OF "id", "record_class", "receipt", "arrived_at", "brought_by", "from_where", "legal_basis", "invented", "agency_id", "brought_agency_id", "delivery_id" ON cases_centrevisit BEGIN SELECT RAISE(ABORT, 'this of cases_centrevisit is never changed'); END;
CREATE TRIGGER cases_centrevisit_person BEFORE UPDATE OF subject, youth_id ON cases_centrevisit WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.CentreVisit:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.CentreVisit:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.CentreVisit:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_centrevisit of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_centrevisit_sealed BEFORE UPDATE ON cases_centrevisit WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.CentreVisit:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.CentreVisit:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.CentreVisit:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.CentreVisit:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_centrevisit is sealed and never changed'); END;
CREATE TRIGGER cases_classseat_begun BEFORE INSERT ON cases_classseat WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_classseat of a sealed person is not begun'); END;
CREATE TRIGGER cases_classseat_deletion BEFORE DELETE ON cases_classseat WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.ClassSeat' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.ClassSeat', OLD.subject, 'cases.ClassSeat' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_classseat goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_classseat_fixed BEFORE UPDATE OF "id", "record_class", "asked_at", "invented", "agency_id", "offering_id", "referral_id" ON cases_classseat BEGIN SELECT RAISE(ABORT, 'this of cases_classseat is never changed'); END;
CREATE TRIGGER cases_classseat_person BEFORE UPDATE OF subject, youth_id ON cases_classseat WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ClassSeat:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ClassSeat:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.ClassSeat:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_classseat of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_classseat_sealed BEFORE UPDATE ON cases_classseat WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ClassSeat:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ClassSeat:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ClassSeat:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ClassSeat:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_classseat is sealed and never changed'); END;
CREATE TRIGGER cases_contact_begun BEFORE INSERT ON cases_contact WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_contact of a sealed person is not begun'); END;
CREATE TRIGGER cases_contact_deletion BEFORE DELETE ON cases_contact WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.Contact' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.Contact', OLD.subject, 'cases.Contact' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_contact goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_contact_fixed BEFORE UPDATE OF "id", "record_class", "on", "way", "minutes", "reached", "note", "at", "invented", "agency_id", "by_id", "referral_id" ON cases_contact BEGIN SELECT RAISE(ABORT, 'this of cases_contact is never changed'); END;
CREATE TRIGGER cases_contact_person BEFORE UPDATE OF subject, youth_id ON cases_contact WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Contact:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Contact:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.Contact:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_contact of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_contact_sealed BEFORE UPDATE ON cases_contact WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Contact:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Contact:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Contact:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Contact:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_contact is sealed and never changed'); END;
CREATE TRIGGER cases_contractterm_begun BEFORE INSERT ON cases_contractterm WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_contractterm of a sealed person is not begun'); END;
CREATE TRIGGER cases_contractterm_deletion BEFORE DELETE ON cases_contractterm WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.ContractTerm' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.ContractTerm', OLD.subject, 'cases.ContractTerm' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_contractterm goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_contractterm_fixed BEFORE UPDATE OF "id", "record_class", "kind", "amount", "due_on", "invented", "agency_id", "case_id" ON cases_contractterm BEGIN SELECT RAISE(ABORT, 'this of cases_contractterm is never changed'); END;
CREATE TRIGGER cases_contractterm_person BEFORE UPDATE OF subject, youth_id ON cases_contractterm WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ContractTerm:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ContractTerm:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.ContractTerm:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_contractterm of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_contractterm_sealed BEFORE UPDATE ON cases_contractterm WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ContractTerm:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ContractTerm:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ContractTerm:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ContractTerm:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_contractterm is sealed and never changed'); END;
CREATE TRIGGER cases_diversioncase_begun BEFORE INSERT ON cases_diversioncase WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_diversioncase of a sealed person is not begun'); END;
CREATE TRIGGER cases_diversioncase_deletion BEFORE DELETE ON cases_diversioncase WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.DiversionCase' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.DiversionCase', OLD.subject, 'cases.DiversionCase' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_diversioncase goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_diversioncase_fixed BEFORE UPDATE OF "id", "record_class", "event_on", "referred_on", "path", "invented", "agency_id" ON cases_diversioncase BEGIN SELECT RAISE(ABORT, 'this of cases_diversioncase is never changed'); END;
CREATE TRIGGER cases_diversioncase_person BEFORE UPDATE OF subject, youth_id ON cases_diversioncase WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.DiversionCase:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.DiversionCase:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.DiversionCase:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_diversioncase of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_diversioncase_sealed BEFORE UPDATE ON cases_diversioncase WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.DiversionCase:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.DiversionCase:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.DiversionCase:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.DiversionCase:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_diversioncase is sealed and never changed'); END;
CREATE TRIGGER cases_followup_begun BEFORE INSERT ON cases_followup WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_followup of a sealed person is not begun'); END;
CREATE TRIGGER cases_followup_deletion BEFORE DELETE ON cases_followup WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.FollowUp' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.FollowUp', OLD.subject, 'cases.FollowUp' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_followup goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_followup_fixed BEFORE UPDATE OF "id", "record_class", "months", "full_on", "invented", "agency_id", "referral_id" ON cases_followup BEGIN SELECT RAISE(ABORT, 'this of cases_followup is never changed'); END;
CREATE TRIGGER cases_followup_person BEFORE UPDATE OF subject, youth_id ON cases_followup WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.FollowUp:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.FollowUp:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.FollowUp:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_followup of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_followup_sealed BEFORE UPDATE ON cases_followup WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.FollowUp:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.FollowUp:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.FollowUp:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.FollowUp:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_followup is sealed and never changed'); END;
CREATE TRIGGER cases_goal_begun BEFORE INSERT ON cases_goal WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_goal of a sealed person is not begun'); END;
CREATE TRIGGER cases_goal_deletion BEFORE DELETE ON cases_goal WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.Goal' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.Goal', OLD.subject, 'cases.Goal' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_goal goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_goal_fixed BEFORE UPDATE OF "id", "record_class", "invented", "agency_id", "referral_id" ON cases_goal BEGIN SELECT RAISE(ABORT, 'this of cases_goal is never changed'); END;
CREATE TRIGGER cases_goal_person BEFORE UPDATE OF subject, youth_id ON cases_goal WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Goal:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Goal:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.Goal:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_goal of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_goal_sealed BEFORE UPDATE ON cases_goal WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Goal:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Goal:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Goal:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Goal:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_goal is sealed and never changed'); END;
CREATE TRIGGER cases_guardian_begun BEFORE INSERT ON cases_guardian WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_guardian of a sealed person is not begun'); END;
CREATE TRIGGER cases_guardian_deletion BEFORE DELETE ON cases_guardian WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.Guardian' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.Guardian', OLD.subject, 'cases.Guardian' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_guardian goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_guardian_fixed BEFORE UPDATE OF "id", "record_class", "invented", "agency_id" ON cases_guardian BEGIN SELECT RAISE(ABORT, 'this of cases_guardian is never changed'); END;
CREATE TRIGGER cases_guardian_person BEFORE UPDATE OF subject, youth_id ON cases_guardian WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Guardian:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Guardian:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.Guardian:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_guardian of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_guardian_sealed BEFORE UPDATE ON cases_guardian WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Guardian:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Guardian:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Guardian:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Guardian:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_guardian is sealed and never changed'); END;
CREATE TRIGGER cases_lookalike_begun BEFORE INSERT ON cases_lookalike WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_lookalike of a sealed person is not begun'); END;
CREATE TRIGGER cases_lookalike_deletion BEFORE DELETE ON cases_lookalike WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.LookAlike' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.LookAlike', OLD.subject, 'cases.LookAlike' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_lookalike goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_lookalike_fixed BEFORE UPDATE OF "id", "subject", "record_class", "found_on", "invented", "agency_id", "other_id", "youth_id" ON cases_lookalike BEGIN SELECT RAISE(ABORT, 'this of cases_lookalike is never changed'); END;
CREATE TRIGGER cases_lookalike_sealed BEFORE UPDATE ON cases_lookalike WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.LookAlike:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.LookAlike:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.LookAlike:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.LookAlike:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_lookalike is sealed and never changed'); END;
CREATE TRIGGER cases_monthlytrack_begun BEFORE INSERT ON cases_monthlytrack WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_monthlytrack of a sealed person is not begun'); END;
CREATE TRIGGER cases_monthlytrack_deletion BEFORE DELETE ON cases_monthlytrack WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.MonthlyTrack' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.MonthlyTrack', OLD.subject, 'cases.MonthlyTrack' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_monthlytrack goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_monthlytrack_fixed BEFORE UPDATE OF "id", "record_class", "month", "invented", "agency_id", "referral_id" ON cases_monthlytrack BEGIN SELECT RAISE(ABORT, 'this of cases_monthlytrack is never changed'); END;
CREATE TRIGGER cases_monthlytrack_person BEFORE UPDATE OF subject, youth_id ON cases_monthlytrack WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.MonthlyTrack:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.MonthlyTrack:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.MonthlyTrack:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_monthlytrack of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_monthlytrack_sealed BEFORE UPDATE ON cases_monthlytrack WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.MonthlyTrack:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.MonthlyTrack:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.MonthlyTrack:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.MonthlyTrack:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_monthlytrack is sealed and never changed'); END;
CREATE TRIGGER cases_parentcontact_begun BEFORE INSERT ON cases_parentcontact WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_parentcontact of a sealed person is not begun'); END;
CREATE TRIGGER cases_parentcontact_deletion BEFORE DELETE ON cases_parentcontact WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.ParentContact' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.ParentContact', OLD.subject, 'cases.ParentContact' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_parentcontact goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_parentcontact_fixed BEFORE UPDATE OF "id", "record_class", "at", "by_means", "was_reached", "invented", "agency_id", "visit_id" ON cases_parentcontact BEGIN SELECT RAISE(ABORT, 'this of cases_parentcontact is never changed'); END;
CREATE TRIGGER cases_parentcontact_person BEFORE UPDATE OF subject, youth_id ON cases_parentcontact WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ParentContact:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ParentContact:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.ParentContact:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_parentcontact of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_parentcontact_sealed BEFORE UPDATE ON cases_parentcontact WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ParentContact:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ParentContact:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ParentContact:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ParentContact:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_parentcontact is sealed and never changed'); END;
CREATE TRIGGER cases_planstep_begun BEFORE INSERT ON cases_planstep WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_planstep of a sealed person is not begun'); END;
CREATE TRIGGER cases_planstep_deletion BEFORE DELETE ON cases_planstep WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.PlanStep' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.PlanStep', OLD.subject, 'cases.PlanStep' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_planstep goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_planstep_fixed BEFORE UPDATE OF "id", "record_class", "kind", "due_on", "invented", "agency_id", "visit_id" ON cases_planstep BEGIN SELECT RAISE(ABORT, 'this of cases_planstep is never changed'); END;
CREATE TRIGGER cases_planstep_person BEFORE UPDATE OF subject, youth_id ON cases_planstep WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.PlanStep:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.PlanStep:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.PlanStep:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_planstep of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_planstep_sealed BEFORE UPDATE ON cases_planstep WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.PlanStep:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.PlanStep:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.PlanStep:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.PlanStep:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_planstep is sealed and never changed'); END;
CREATE TRIGGER cases_referral_begun BEFORE INSERT ON cases_referral WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_referral of a sealed person is not begun'); END;
CREATE TRIGGER cases_referral_deletion BEFORE DELETE ON cases_referral WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.Referral' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.Referral', OLD.subject, 'cases.Referral' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_referral goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_referral_fixed BEFORE UPDATE OF "id", "record_class", "need", "referred_on", "receipt", "invented", "agency_id", "campus_id", "referred_by_id", "referring_agency_id", "named_program_id", "came_from_id" ON cases_referral BEGIN SELECT RAISE(ABORT, 'this of cases_referral is never changed'); END;
CREATE TRIGGER cases_referral_person BEFORE UPDATE OF subject, youth_id ON cases_referral WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Referral:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Referral:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.Referral:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_referral of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_referral_sealed BEFORE UPDATE ON cases_referral WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Referral:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Referral:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Referral:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Referral:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_referral is sealed and never changed'); END;
CREATE TRIGGER cases_referral_yes BEFORE UPDATE OF state ON cases_referral WHEN NEW.state = 'started' AND OLD.state = 'consented' AND EXISTS (SELECT 1 FROM access_consent AS given WHERE given.id = NEW.consent_id AND given.withdrawn_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a row of cases_referral needs a consent that was not taken back'); END;
CREATE TRIGGER cases_referral_yes_on_end BEFORE UPDATE OF state ON cases_referral WHEN NEW.state = 'completed' AND OLD.state = 'started' AND EXISTS (SELECT 1 FROM access_consent AS given WHERE given.id = NEW.consent_id AND (NEW.ended_on IS NULL OR NEW.ended_on < given.valid_from OR NEW.ended_on > given.valid_to)) BEGIN SELECT RAISE(ABORT, 'a row of cases_referral needs a consent that holds on its day'); END;
CREATE TRIGGER cases_referral_yes_on_start BEFORE UPDATE OF state ON cases_referral WHEN NEW.state = 'started' AND OLD.state = 'consented' AND EXISTS (SELECT 1 FROM access_consent AS given WHERE given.id = NEW.consent_id AND (NEW.started_on IS NULL OR NEW.started_on < given.valid_from OR NEW.started_on > given.valid_to)) BEGIN SELECT RAISE(ABORT, 'a row of cases_referral needs a consent that holds on its day'); END;
CREATE TRIGGER cases_releasecorrection_begun BEFORE INSERT ON cases_releasecorrection WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_releasecorrection of a sealed person is not begun'); END;
CREATE TRIGGER cases_releasecorrection_deletion BEFORE DELETE ON cases_releasecorrection WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.ReleaseCorrection' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.ReleaseCorrection', OLD.subject, 'cases.ReleaseCorrection' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_releasecorrection goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_releasecorrection_fixed BEFORE UPDATE OF "id", "record_class", "before", "after", "told_before", "exempt_before", "reason", "at", "by_name", "invented", "agency_id", "by_id", "visit_id" ON cases_releasecorrection BEGIN SELECT RAISE(ABORT, 'this of cases_releasecorrection is never changed'); END;
CREATE TRIGGER cases_releasecorrection_person BEFORE UPDATE OF subject, youth_id ON cases_releasecorrection WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ReleaseCorrection:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ReleaseCorrection:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.ReleaseCorrection:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_releasecorrection of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_releasecorrection_sealed BEFORE UPDATE ON cases_releasecorrection WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ReleaseCorrection:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ReleaseCorrection:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ReleaseCorrection:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ReleaseCorrection:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_releasecorrection is sealed and never changed'); END;
CREATE TRIGGER cases_rosterdifference_begun BEFORE INSERT ON cases_rosterdifference WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_rosterdifference of a sealed person is not begun'); END;
CREATE TRIGGER cases_rosterdifference_deletion BEFORE DELETE ON cases_rosterdifference WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.RosterDifference' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.RosterDifference', OLD.subject, 'cases.RosterDifference' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_rosterdifference goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_rosterdifference_fixed BEFORE UPDATE OF "id", "record_class", "field", "told", "found_on", "invented", "agency_id", "told_school_id" ON cases_rosterdifference BEGIN SELECT RAISE(ABORT, 'this of cases_rosterdifference is never changed'); END;
CREATE TRIGGER cases_rosterdifference_person BEFORE UPDATE OF subject, youth_id ON cases_rosterdifference WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.RosterDifference:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.RosterDifference:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.RosterDifference:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_rosterdifference of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_rosterdifference_sealed BEFORE UPDATE ON cases_rosterdifference WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.RosterDifference:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.RosterDifference:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.RosterDifference:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.RosterDifference:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_rosterdifference is sealed and never changed'); END;
CREATE TRIGGER cases_seatduty_begun BEFORE INSERT ON cases_seatduty WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_seatduty of a sealed person is not begun'); END;
CREATE TRIGGER cases_seatduty_deletion BEFORE DELETE ON cases_seatduty WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.SeatDuty' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.SeatDuty', OLD.subject, 'cases.SeatDuty' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_seatduty goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_seatduty_fixed BEFORE UPDATE OF "id", "record_class", "kind", "due_on", "invented", "agency_id", "seat_id" ON cases_seatduty BEGIN SELECT RAISE(ABORT, 'this of cases_seatduty is never changed'); END;
CREATE TRIGGER cases_seatduty_person BEFORE UPDATE OF subject, youth_id ON cases_seatduty WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.SeatDuty:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.SeatDuty:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.SeatDuty:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_seatduty of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_seatduty_sealed BEFORE UPDATE ON cases_seatduty WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.SeatDuty:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.SeatDuty:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.SeatDuty:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.SeatDuty:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_seatduty is sealed and never changed'); END;
CREATE TRIGGER cases_service_begun BEFORE INSERT ON cases_service WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_service of a sealed person is not begun'); END;
CREATE TRIGGER cases_service_deletion BEFORE DELETE ON cases_service WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.Service' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.Service', OLD.subject, 'cases.Service' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_service goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_service_fixed BEFORE UPDATE OF "id", "record_class", "invented", "agency_id", "offering_id", "referral_id" ON cases_service BEGIN SELECT RAISE(ABORT, 'this of cases_service is never changed'); END;
CREATE TRIGGER cases_service_person BEFORE UPDATE OF subject, youth_id ON cases_service WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Service:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Service:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.Service:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_service of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_service_sealed BEFORE UPDATE ON cases_service WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Service:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Service:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Service:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Service:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_service is sealed and never changed'); END;
CREATE TRIGGER cases_service_yes BEFORE UPDATE OF attended ON cases_service WHEN NEW.attended > OLD.attended AND EXISTS (SELECT 1 FROM access_consent AS given WHERE given.id = (SELECT consent_id FROM cases_referral WHERE id = NEW.referral_id) AND given.withdrawn_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a row of cases_service needs a consent that was not taken back'); END;
CREATE TRIGGER cases_service_yes_on_day BEFORE UPDATE OF attended ON cases_service WHEN NEW.attended > OLD.attended AND EXISTS (SELECT 1 FROM access_consent AS given WHERE given.id = (SELECT consent_id FROM cases_referral WHERE id = NEW.referral_id AND state IN ('consented', 'started')) AND (NEW.counted_on IS NULL OR NEW.counted_on < given.valid_from OR NEW.counted_on > given.valid_to)) BEGIN SELECT RAISE(ABORT, 'a row of cases_service needs a consent that holds on its day'); END;
CREATE TRIGGER cases_servicehours_begun BEFORE INSERT ON cases_servicehours WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_servicehours of a sealed person is not begun'); END;
CREATE TRIGGER cases_servicehours_deletion BEFORE DELETE ON cases_servicehours WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.ServiceHours' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.ServiceHours', OLD.subject, 'cases.ServiceHours' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_servicehours goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_servicehours_fixed BEFORE UPDATE OF "id", "record_class", "receipt", "on", "minutes", "kind", "told_by", "logged_at", "invented", "agency_id", "logged_by_id", "member_id" ON cases_servicehours BEGIN SELECT RAISE(ABORT, 'this of cases_servicehours is never changed'); END;
CREATE TRIGGER cases_servicehours_person BEFORE UPDATE OF subject, youth_id ON cases_servicehours WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ServiceHours:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.ServiceHours:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.ServiceHours:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_servicehours of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_servicehours_sealed BEFORE UPDATE ON cases_servicehours WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ServiceHours:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ServiceHours:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.ServiceHours:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.ServiceHours:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_servicehours is sealed and never changed'); END;
CREATE TRIGGER cases_step_begun BEFORE INSERT ON cases_step WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_step of a sealed person is not begun'); END;
CREATE TRIGGER cases_step_deletion BEFORE DELETE ON cases_step WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.Step' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.Step', OLD.subject, 'cases.Step' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_step goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_step_fixed BEFORE UPDATE OF "id", "record_class", "before", "after", "on", "at", "by_name", "reason", "agency_id", "by_id", "referral_id" ON cases_step BEGIN SELECT RAISE(ABORT, 'this of cases_step is never changed'); END;
CREATE TRIGGER cases_step_person BEFORE UPDATE OF subject, youth_id ON cases_step WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Step:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.Step:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.Step:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_step of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_step_sealed BEFORE UPDATE ON cases_step WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Step:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Step:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Step:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Step:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_step is sealed and never changed'); END;
CREATE TRIGGER cases_termproof_begun BEFORE INSERT ON cases_termproof WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_termproof of a sealed person is not begun'); END;
CREATE TRIGGER cases_termproof_deletion BEFORE DELETE ON cases_termproof WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.TermProof' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.TermProof', OLD.subject, 'cases.TermProof' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_termproof goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_termproof_fixed BEFORE UPDATE OF "id", "record_class", "amount", "on", "receipt", "invented", "agency_id", "term_id" ON cases_termproof BEGIN SELECT RAISE(ABORT, 'this of cases_termproof is never changed'); END;
CREATE TRIGGER cases_termproof_person BEFORE UPDATE OF subject, youth_id ON cases_termproof WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.TermProof:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.TermProof:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.TermProof:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_termproof of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_termproof_sealed BEFORE UPDATE ON cases_termproof WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.TermProof:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.TermProof:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.TermProof:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.TermProof:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_termproof is sealed and never changed'); END;
CREATE TRIGGER cases_truancydeed_begun BEFORE INSERT ON cases_truancydeed WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_truancydeed of a sealed person is not begun'); END;
CREATE TRIGGER cases_truancydeed_deletion BEFORE DELETE ON cases_truancydeed WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.TruancyDeed' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.TruancyDeed', OLD.subject, 'cases.TruancyDeed' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_truancydeed goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_truancydeed_fixed BEFORE UPDATE OF "id", "record_class", "kind", "on", "invented", "agency_id" ON cases_truancydeed BEGIN SELECT RAISE(ABORT, 'this of cases_truancydeed is never changed'); END;
CREATE TRIGGER cases_truancydeed_person BEFORE UPDATE OF subject, youth_id ON cases_truancydeed WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.TruancyDeed:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.TruancyDeed:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.TruancyDeed:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_truancydeed of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_truancydeed_sealed BEFORE UPDATE ON cases_truancydeed WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.TruancyDeed:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.TruancyDeed:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.TruancyDeed:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.TruancyDeed:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_truancydeed is sealed and never changed'); END;
CREATE TRIGGER cases_visitfollowup_begun BEFORE INSERT ON cases_visitfollowup WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_visitfollowup of a sealed person is not begun'); END;
CREATE TRIGGER cases_visitfollowup_deletion BEFORE DELETE ON cases_visitfollowup WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.VisitFollowUp' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.VisitFollowUp', OLD.subject, 'cases.VisitFollowUp' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_visitfollowup goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_visitfollowup_fixed BEFORE UPDATE OF "id", "record_class", "days", "due_on", "invented", "agency_id", "visit_id" ON cases_visitfollowup BEGIN SELECT RAISE(ABORT, 'this of cases_visitfollowup is never changed'); END;
CREATE TRIGGER cases_visitfollowup_person BEFORE UPDATE OF subject, youth_id ON cases_visitfollowup WHEN NOT (EXISTS (
        SELECT 1 FROM access_merging AS told
         WHERE (told.undone_at IS NULL AND told.merged = OLD.subject AND told.kept = NEW.subject AND EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.VisitFollowUp:' || OLD.id))
            OR (told.undone_at IS NOT NULL AND told.kept = OLD.subject AND told.merged = NEW.subject
                AND (EXISTS (SELECT 1 FROM json_each(told.moved) AS one WHERE one.value = 'cases.VisitFollowUp:' || OLD.id) OR EXISTS (SELECT 1 FROM json_each(told.followed) AS one WHERE one.value = 'cases.VisitFollowUp:' || OLD.id))))) BEGIN SELECT RAISE(ABORT, 'a row of cases_visitfollowup of another person: this is never changed but by a merging'); END;
CREATE TRIGGER cases_visitfollowup_sealed BEFORE UPDATE ON cases_visitfollowup WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.VisitFollowUp:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.VisitFollowUp:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.VisitFollowUp:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.VisitFollowUp:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_visitfollowup is sealed and never changed'); END;
CREATE TRIGGER cases_youth_begun BEFORE INSERT ON cases_youth WHEN EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = NEW.subject
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = NEW.subject)) BEGIN SELECT RAISE(ABORT, 'a row of cases_youth of a sealed person is not begun'); END;
CREATE TRIGGER cases_youth_deletion BEFORE DELETE ON cases_youth WHEN NOT (EXISTS (
    SELECT 1 FROM access_disposalrow AS listed
      JOIN access_disposal AS batch ON batch.id = listed.disposal_id
      JOIN access_retentionschedule AS rule ON rule.id = batch.schedule_id
     WHERE listed.number = OLD.id AND listed.taken_out_at IS NULL
       AND rule."table" = 'cases.Youth' AND batch.agency_id = OLD.agency_id
       AND batch.is_approved AND batch.carried_out_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM access_litigationhold AS hold, json_each(hold.names) AS name
     WHERE hold.lifted_at IS NULL AND (hold.agency_id IS NULL OR hold.agency_id = OLD.agency_id)
       AND name.value IN ('cases.Youth', OLD.subject, 'cases.Youth' || ':' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_youth goes only by a reviewed disposal'); END;
CREATE TRIGGER cases_youth_fixed BEFORE UPDATE OF "subject", "record_class", "id", "entered_on", "invented", "agency_id" ON cases_youth BEGIN SELECT RAISE(ABORT, 'this of cases_youth is never changed'); END;
CREATE TRIGGER cases_youth_sealed BEFORE UPDATE ON cases_youth WHEN OLD.sealed_at IS NOT NULL AND NOT (NEW.sealed_at IS NULL AND EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND  EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Youth:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Youth:' || OLD.id)) AND NOT EXISTS (SELECT 1 FROM access_sealing AS told
     WHERE told.sealed_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM access_lifting AS lifting WHERE lifting.sealing_id = told.id)
       AND told.id IN (SELECT id FROM access_sealing WHERE record = 'cases.Youth:' || OLD.id
                       UNION ALL SELECT sealing_id FROM access_sealedpart WHERE record = 'cases.Youth:' || OLD.id))) BEGIN SELECT RAISE(ABORT, 'a row of cases_youth is sealed and never changed'); END;
CREATE TRIGGER funding_approval_unchanging BEFORE UPDATE ON funding_approval BEGIN SELECT RAISE(ABORT, 'rows of funding_approval are never changed'); END;
CREATE TRIGGER funding_plan_unchanging BEFORE UPDATE ON funding_plan BEGIN SELECT RAISE(ABORT, 'rows of funding_plan are never changed'); END;
CREATE TRIGGER funding_transferneed_unchanging BEFORE UPDATE ON funding_transferneed BEGIN SELECT RAISE(ABORT, 'rows of funding_transferneed are never changed'); END;
CREATE TRIGGER grants_amendment_unchanging BEFORE UPDATE ON grants_amendment BEGIN SELECT RAISE(ABORT, 'rows of grants_amendment are never changed'); END;
CREATE TRIGGER grants_entry_unchanging BEFORE UPDATE ON grants_entry BEGIN SELECT RAISE(ABORT, 'rows of grants_entry are never changed'); END;
CREATE TRIGGER grants_evidence_unchanging BEFORE UPDATE ON grants_evidence BEGIN SELECT RAISE(ABORT, 'rows of grants_evidence are never changed'); END;
CREATE TRIGGER grants_purpose_unchanging BEFORE UPDATE ON grants_purpose BEGIN SELECT RAISE(ABORT, 'rows of grants_purpose are never changed'); END;
CREATE TRIGGER grants_signoff_unchanging BEFORE UPDATE ON grants_signoff BEGIN SELECT RAISE(ABORT, 'rows of grants_signoff are never changed'); END;
CREATE TRIGGER grants_transfer_unchanging BEFORE UPDATE ON grants_transfer BEGIN SELECT RAISE(ABORT, 'rows of grants_transfer are never changed'); END;
CREATE TRIGGER initiatives_decision_unchanging BEFORE UPDATE ON initiatives_decision BEGIN SELECT RAISE(ABORT, 'rows of initiatives_decision are never changed'); END;
CREATE TRIGGER initiatives_duechange_unchanging BEFORE UPDATE ON initiatives_duechange BEGIN SELECT RAISE(ABORT, 'rows of initiatives_duechange are never changed'); END;
CREATE TRIGGER initiatives_reopening_unchanging BEFORE UPDATE ON initiatives_reopening BEGIN SELECT RAISE(ABORT, 'rows of initiatives_reopening are never changed'); END;
CREATE TRIGGER initiatives_statusupdate_unchanging BEFORE UPDATE ON initiatives_statusupdate BEGIN SELECT RAISE(ABORT, 'rows of initiatives_statusupdate are never changed'); END;
CREATE TRIGGER instrument_items_closed BEFORE INSERT ON assessments_instrumentitem
    WHEN EXISTS (SELECT 1 FROM assessments_assessment WHERE version_id = NEW.version_id) BEGIN SELECT RAISE(ABORT, 'a version of an instrument that an assessment uses is never changed; bring in a new version'); END;
CREATE TRIGGER instrument_version_fixed BEFORE UPDATE OF instrument_id, version, title, credit, format, file_id, file_name, sha256, valid_from ON assessments_instrumentversion
    WHEN EXISTS (SELECT 1 FROM assessments_assessment WHERE version_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'a version of an instrument that an assessment uses is never changed; bring in a new version'); END;
CREATE TRIGGER occupancy_no_overlap_insert BEFORE INSERT ON places_schooloccupancy
    WHEN EXISTS (SELECT 1 FROM places_schooloccupancy WHERE 
    school_id = NEW.school_id AND id <> COALESCE(NEW.id, 0)
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
)
    BEGIN SELECT RAISE(ABORT, 'a school cannot be on two campuses at once'); END;
CREATE TRIGGER occupancy_no_overlap_update BEFORE UPDATE ON places_schooloccupancy
    WHEN EXISTS (SELECT 1 FROM places_schooloccupancy WHERE 
    school_id = NEW.school_id AND id <> COALESCE(NEW.id, 0)
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
)
    BEGIN SELECT RAISE(ABORT, 'a school cannot be on two campuses at once'); END;
CREATE TRIGGER photo_fixed BEFORE UPDATE OF walk_id, item_id, file_id, sha256, file_name, caption, longitude, latitude, client_id, at, by_name, invented ON assessments_answerphoto BEGIN SELECT RAISE(ABORT, 'rows of assessments_answerphoto are never changed'); END;
CREATE TRIGGER photo_pin_closed BEFORE UPDATE OF plan_id, plan_x, plan_y ON assessments_answerphoto WHEN EXISTS (SELECT 1 FROM assessments_walk WHERE id = OLD.walk_id AND submitted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'rows of assessments_answerphoto are never changed once the walk is handed in'); END;
CREATE TRIGGER programs_capacityreport_unchanging BEFORE UPDATE ON programs_capacityreport BEGIN SELECT RAISE(ABORT, 'rows of programs_capacityreport are never changed'); END;
CREATE TRIGGER programs_contest_unchanging BEFORE UPDATE ON programs_contest BEGIN SELECT RAISE(ABORT, 'rows of programs_contest are never changed'); END;
CREATE TRIGGER programs_contestanswer_unchanging BEFORE UPDATE ON programs_contestanswer BEGIN SELECT RAISE(ABORT, 'rows of programs_contestanswer are never changed'); END;
CREATE TRIGGER programs_sessioncount_unchanging BEFORE UPDATE ON programs_sessioncount BEGIN SELECT RAISE(ABORT, 'rows of programs_sessioncount are never changed'); END;
CREATE TRIGGER routes_barrierstep_unchanging BEFORE UPDATE ON routes_barrierstep BEGIN SELECT RAISE(ABORT, 'rows of routes_barrierstep are never changed'); END;
CREATE TRIGGER work_duechange_unchanging BEFORE UPDATE ON work_duechange BEGIN SELECT RAISE(ABORT, 'rows of work_duechange are never changed'); END;
CREATE TRIGGER work_evidence_unchanging BEFORE UPDATE ON work_evidence BEGIN SELECT RAISE(ABORT, 'rows of work_evidence are never changed'); END;
CREATE TRIGGER work_transition_unchanging BEFORE UPDATE ON work_transition BEGIN SELECT RAISE(ABORT, 'rows of work_transition are never changed'); END;
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (1, 1, 'add_edition', 'Can add edition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (2, 1, 'change_edition', 'Can change edition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (3, 1, 'delete_edition', 'Can delete edition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (4, 1, 'view_edition', 'Can view edition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (5, 2, 'add_cellreading', 'Can add cell reading');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (6, 2, 'change_cellreading', 'Can change cell reading');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (7, 2, 'delete_cellreading', 'Can delete cell reading');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (8, 2, 'view_cellreading', 'Can view cell reading');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (9, 3, 'add_section', 'Can add section');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (10, 3, 'change_section', 'Can change section');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (11, 3, 'delete_section', 'Can delete section');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (12, 3, 'view_section', 'Can view section');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (13, 4, 'add_signoff', 'Can add signoff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (14, 4, 'change_signoff', 'Can change signoff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (15, 4, 'delete_signoff', 'Can delete signoff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (16, 4, 'view_signoff', 'Can view signoff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (17, 5, 'add_anomalysignoff', 'Can add anomaly signoff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (18, 5, 'change_anomalysignoff', 'Can change anomaly signoff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (19, 5, 'delete_anomalysignoff', 'Can delete anomaly signoff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (20, 5, 'view_anomalysignoff', 'Can view anomaly signoff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (21, 6, 'add_correction', 'Can add correction');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (22, 6, 'change_correction', 'Can change correction');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (23, 6, 'delete_correction', 'Can delete correction');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (24, 6, 'view_correction', 'Can view correction');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (25, 7, 'add_author', 'Can add author');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (26, 7, 'change_author', 'Can change author');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (27, 7, 'delete_author', 'Can delete author');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (28, 7, 'view_author', 'Can view author');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (29, 8, 'add_editionfile', 'Can add edition file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (30, 8, 'change_editionfile', 'Can change edition file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (31, 8, 'delete_editionfile', 'Can delete edition file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (32, 8, 'view_editionfile', 'Can view edition file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (33, 9, 'add_batch', 'Can add batch');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (34, 9, 'change_batch', 'Can change batch');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (35, 9, 'delete_batch', 'Can delete batch');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (36, 9, 'view_batch', 'Can view batch');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (37, 10, 'add_plan', 'Can add plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (38, 10, 'change_plan', 'Can change plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (39, 10, 'delete_plan', 'Can delete plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (40, 10, 'view_plan', 'Can view plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (41, 11, 'add_priceoption', 'Can add price option');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (42, 11, 'change_priceoption', 'Can change price option');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (43, 11, 'delete_priceoption', 'Can delete price option');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (44, 11, 'view_priceoption', 'Can view price option');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (45, 12, 'add_scenario', 'Can add scenario');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (46, 12, 'change_scenario', 'Can change scenario');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (47, 12, 'delete_scenario', 'Can delete scenario');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (48, 12, 'view_scenario', 'Can view scenario');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (49, 13, 'add_approval', 'Can add approval');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (50, 13, 'change_approval', 'Can change approval');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (51, 13, 'delete_approval', 'Can delete approval');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (52, 13, 'view_approval', 'Can view approval');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (53, 14, 'add_transferneed', 'Can add transfer need');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (54, 14, 'change_transferneed', 'Can change transfer need');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (55, 14, 'delete_transferneed', 'Can delete transfer need');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (56, 14, 'view_transferneed', 'Can view transfer need');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (57, 15, 'add_worklink', 'Can add work link');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (58, 15, 'change_worklink', 'Can change work link');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (59, 15, 'delete_worklink', 'Can delete work link');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (60, 15, 'view_worklink', 'Can view work link');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (61, 16, 'add_allocation', 'Can add allocation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (62, 16, 'change_allocation', 'Can change allocation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (63, 16, 'delete_allocation', 'Can delete allocation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (64, 16, 'view_allocation', 'Can view allocation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (65, 17, 'add_awardscope', 'Can add award scope');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (66, 17, 'change_awardscope', 'Can change award scope');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (67, 17, 'delete_awardscope', 'Can delete award scope');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (68, 17, 'view_awardscope', 'Can view award scope');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (69, 18, 'add_candidatefact', 'Can add candidate fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (70, 18, 'change_candidatefact', 'Can change candidate fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (71, 18, 'delete_candidatefact', 'Can delete candidate fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (72, 18, 'view_candidatefact', 'Can view candidate fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (73, 19, 'add_youth', 'Can add young person');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (74, 19, 'change_youth', 'Can change young person');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (75, 19, 'delete_youth', 'Can delete young person');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (76, 19, 'view_youth', 'Can view young person');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (77, 20, 'add_guardian', 'Can add guardian');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (78, 20, 'change_guardian', 'Can change guardian');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (79, 20, 'delete_guardian', 'Can delete guardian');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (80, 20, 'view_guardian', 'Can view guardian');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (81, 21, 'add_referral', 'Can add referral');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (82, 21, 'change_referral', 'Can change referral');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (83, 21, 'delete_referral', 'Can delete referral');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (84, 21, 'view_referral', 'Can view referral');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (85, 22, 'add_goal', 'Can add goal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (86, 22, 'change_goal', 'Can change goal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (87, 22, 'delete_goal', 'Can delete goal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (88, 22, 'view_goal', 'Can view goal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (89, 23, 'add_followup', 'Can add follow up');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (90, 23, 'change_followup', 'Can change follow up');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (91, 23, 'delete_followup', 'Can delete follow up');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (92, 23, 'view_followup', 'Can view follow up');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (93, 24, 'add_contact', 'Can add contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (94, 24, 'change_contact', 'Can change contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (95, 24, 'delete_contact', 'Can delete contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (96, 24, 'view_contact', 'Can view contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (97, 25, 'add_service', 'Can add service');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (98, 25, 'change_service', 'Can change service');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (99, 25, 'delete_service', 'Can delete service');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (100, 25, 'view_service', 'Can view service');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (101, 26, 'add_step', 'Can add step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (102, 26, 'change_step', 'Can change step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (103, 26, 'delete_step', 'Can delete step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (104, 26, 'view_step', 'Can view step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (105, 27, 'add_attendanceday', 'Can add day of school');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (106, 27, 'change_attendanceday', 'Can change day of school');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (107, 27, 'delete_attendanceday', 'Can delete day of school');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (108, 27, 'view_attendanceday', 'Can view day of school');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (109, 28, 'add_delivery', 'Can add delivery');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (110, 28, 'change_delivery', 'Can change delivery');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (111, 28, 'delete_delivery', 'Can delete delivery');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (112, 28, 'view_delivery', 'Can view delivery');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (113, 29, 'add_centrevisit', 'Can add centre visit');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (114, 29, 'change_centrevisit', 'Can change centre visit');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (115, 29, 'delete_centrevisit', 'Can delete centre visit');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (116, 29, 'view_centrevisit', 'Can view centre visit');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (117, 30, 'add_diversioncase', 'Can add diversion case');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (118, 30, 'change_diversioncase', 'Can change diversion case');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (119, 30, 'delete_diversioncase', 'Can delete diversion case');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (120, 30, 'view_diversioncase', 'Can view diversion case');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (121, 31, 'add_contractterm', 'Can add contract term');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (122, 31, 'change_contractterm', 'Can change contract term');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (123, 31, 'delete_contractterm', 'Can delete contract term');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (124, 31, 'view_contractterm', 'Can view contract term');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (125, 32, 'add_diversiontally', 'Can add diversion tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (126, 32, 'change_diversiontally', 'Can change diversion tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (127, 32, 'delete_diversiontally', 'Can delete diversion tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (128, 32, 'view_diversiontally', 'Can view diversion tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (129, 33, 'add_parentcontact', 'Can add parent contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (130, 33, 'change_parentcontact', 'Can change parent contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (131, 33, 'delete_parentcontact', 'Can delete parent contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (132, 33, 'view_parentcontact', 'Can view parent contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (133, 34, 'add_planstep', 'Can add plan step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (134, 34, 'change_planstep', 'Can change plan step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (135, 34, 'delete_planstep', 'Can delete plan step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (136, 34, 'view_planstep', 'Can view plan step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (137, 35, 'add_termproof', 'Can add term proof');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (138, 35, 'change_termproof', 'Can change term proof');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (139, 35, 'delete_termproof', 'Can delete term proof');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (140, 35, 'view_termproof', 'Can view term proof');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (141, 36, 'add_truancydeed', 'Can add truancy deed');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (142, 36, 'change_truancydeed', 'Can change truancy deed');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (143, 36, 'delete_truancydeed', 'Can delete truancy deed');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (144, 36, 'view_truancydeed', 'Can view truancy deed');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (145, 37, 'add_visitfollowup', 'Can add visit follow up');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (146, 37, 'change_visitfollowup', 'Can change visit follow up');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (147, 37, 'delete_visitfollowup', 'Can delete visit follow up');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (148, 37, 'view_visitfollowup', 'Can view visit follow up');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (149, 38, 'add_boardcontract', 'Can add board contract');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (150, 38, 'change_boardcontract', 'Can change board contract');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (151, 38, 'delete_boardcontract', 'Can delete board contract');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (152, 38, 'view_boardcontract', 'Can view board contract');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (153, 39, 'add_academycohort', 'Can add academy cohort');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (154, 39, 'change_academycohort', 'Can change academy cohort');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (155, 39, 'delete_academycohort', 'Can delete academy cohort');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (156, 39, 'view_academycohort', 'Can view academy cohort');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (157, 40, 'add_academymember', 'Can add academy member');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (158, 40, 'change_academymember', 'Can change academy member');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (159, 40, 'delete_academymember', 'Can delete academy member');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (160, 40, 'view_academymember', 'Can view academy member');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (161, 41, 'add_academypresence', 'Can add academy presence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (162, 41, 'change_academypresence', 'Can change academy presence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (163, 41, 'delete_academypresence', 'Can delete academy presence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (164, 41, 'view_academypresence', 'Can view academy presence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (165, 42, 'add_academystaff', 'Can add academy staff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (166, 42, 'change_academystaff', 'Can change academy staff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (167, 42, 'delete_academystaff', 'Can delete academy staff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (168, 42, 'view_academystaff', 'Can view academy staff');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (169, 43, 'add_classseat', 'Can add class seat');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (170, 43, 'change_classseat', 'Can change class seat');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (171, 43, 'delete_classseat', 'Can delete class seat');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (172, 43, 'view_classseat', 'Can view class seat');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (173, 44, 'add_monthlytrack', 'Can add monthly track');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (174, 44, 'change_monthlytrack', 'Can change monthly track');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (175, 44, 'delete_monthlytrack', 'Can delete monthly track');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (176, 44, 'view_monthlytrack', 'Can view monthly track');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (177, 45, 'add_seatduty', 'Can add seat duty');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (178, 45, 'change_seatduty', 'Can change seat duty');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (179, 45, 'delete_seatduty', 'Can delete seat duty');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (180, 45, 'view_seatduty', 'Can view seat duty');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (181, 46, 'add_servicehours', 'Can add service hours');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (182, 46, 'change_servicehours', 'Can change service hours');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (183, 46, 'delete_servicehours', 'Can delete service hours');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (184, 46, 'view_servicehours', 'Can view service hours');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (185, 47, 'add_lookalike', 'Can add pair of records');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (186, 47, 'change_lookalike', 'Can change pair of records');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (187, 47, 'delete_lookalike', 'Can delete pair of records');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (188, 47, 'view_lookalike', 'Can view pair of records');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (189, 48, 'add_disciplineincident', 'Can add incident of discipline');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (190, 48, 'change_disciplineincident', 'Can change incident of discipline');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (191, 48, 'delete_disciplineincident', 'Can delete incident of discipline');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (192, 48, 'view_disciplineincident', 'Can view incident of discipline');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (193, 49, 'add_disciplineline', 'Can add discipline line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (194, 49, 'change_disciplineline', 'Can change discipline line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (195, 49, 'delete_disciplineline', 'Can delete discipline line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (196, 49, 'view_disciplineline', 'Can view discipline line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (197, 50, 'add_releasecorrection', 'Can add correction of a release');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (198, 50, 'change_releasecorrection', 'Can change correction of a release');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (199, 50, 'delete_releasecorrection', 'Can delete correction of a release');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (200, 50, 'view_releasecorrection', 'Can view correction of a release');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (201, 51, 'add_rosterdifference', 'Can add difference to the roster');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (202, 51, 'change_rosterdifference', 'Can change difference to the roster');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (203, 51, 'delete_rosterdifference', 'Can delete difference to the roster');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (204, 51, 'view_rosterdifference', 'Can view difference to the roster');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (205, 52, 'add_countedition', 'Can add count edition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (206, 52, 'change_countedition', 'Can change count edition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (207, 52, 'delete_countedition', 'Can delete count edition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (208, 52, 'view_countedition', 'Can view count edition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (209, 53, 'add_barrier', 'Can add barrier');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (210, 53, 'change_barrier', 'Can change barrier');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (211, 53, 'delete_barrier', 'Can delete barrier');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (212, 53, 'view_barrier', 'Can view barrier');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (213, 54, 'add_barrierstep', 'Can add barrier step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (214, 54, 'change_barrierstep', 'Can change barrier step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (215, 54, 'delete_barrierstep', 'Can delete barrier step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (216, 54, 'view_barrierstep', 'Can view barrier step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (217, 55, 'add_classtally', 'Can add travel tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (218, 55, 'change_classtally', 'Can change travel tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (219, 55, 'delete_classtally', 'Can delete travel tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (220, 55, 'view_classtally', 'Can view travel tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (221, 56, 'add_crossing', 'Can add crossing');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (222, 56, 'change_crossing', 'Can change crossing');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (223, 56, 'delete_crossing', 'Can delete crossing');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (224, 56, 'view_crossing', 'Can view crossing');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (225, 57, 'add_crossingcount', 'Can add crossing count');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (226, 57, 'change_crossingcount', 'Can change crossing count');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (227, 57, 'delete_crossingcount', 'Can delete crossing count');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (228, 57, 'view_crossingcount', 'Can view crossing count');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (229, 58, 'add_guardpost', 'Can add guard post');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (230, 58, 'change_guardpost', 'Can change guard post');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (231, 58, 'delete_guardpost', 'Can delete guard post');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (232, 58, 'view_guardpost', 'Can view guard post');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (233, 59, 'add_guardassignment', 'Can add guard assignment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (234, 59, 'change_guardassignment', 'Can change guard assignment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (235, 59, 'delete_guardassignment', 'Can delete guard assignment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (236, 59, 'view_guardassignment', 'Can view guard assignment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (237, 60, 'add_parentsurvey', 'Can add parent survey');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (238, 60, 'change_parentsurvey', 'Can change parent survey');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (239, 60, 'delete_parentsurvey', 'Can delete parent survey');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (240, 60, 'view_parentsurvey', 'Can view parent survey');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (241, 61, 'add_recommendation', 'Can add recommendation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (242, 61, 'change_recommendation', 'Can change recommendation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (243, 61, 'delete_recommendation', 'Can delete recommendation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (244, 61, 'view_recommendation', 'Can view recommendation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (245, 62, 'add_walkingbus', 'Can add walking bus');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (246, 62, 'change_walkingbus', 'Can change walking bus');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (247, 62, 'delete_walkingbus', 'Can delete walking bus');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (248, 62, 'view_walkingbus', 'Can view walking bus');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (249, 63, 'add_busstop', 'Can add bus stop');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (250, 63, 'change_busstop', 'Can change bus stop');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (251, 63, 'delete_busstop', 'Can delete bus stop');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (252, 63, 'view_busstop', 'Can view bus stop');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (253, 64, 'add_busleader', 'Can add bus leader');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (254, 64, 'change_busleader', 'Can change bus leader');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (255, 64, 'delete_busleader', 'Can delete bus leader');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (256, 64, 'view_busleader', 'Can view bus leader');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (257, 65, 'add_busrun', 'Can add bus run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (258, 65, 'change_busrun', 'Can change bus run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (259, 65, 'delete_busrun', 'Can delete bus run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (260, 65, 'view_busrun', 'Can view bus run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (261, 66, 'add_collision', 'Can add collision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (262, 66, 'change_collision', 'Can change collision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (263, 66, 'delete_collision', 'Can delete collision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (264, 66, 'view_collision', 'Can view collision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (265, 67, 'add_collisionnear', 'Can add collision near');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (266, 67, 'change_collisionnear', 'Can change collision near');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (267, 67, 'delete_collisionnear', 'Can delete collision near');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (268, 67, 'view_collisionnear', 'Can view collision near');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (269, 68, 'add_streetnetwork', 'Can add street network');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (270, 68, 'change_streetnetwork', 'Can change street network');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (271, 68, 'delete_streetnetwork', 'Can delete street network');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (272, 68, 'view_streetnetwork', 'Can view street network');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (273, 69, 'add_schoolplan', 'Can add school plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (274, 69, 'change_schoolplan', 'Can change school plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (275, 69, 'delete_schoolplan', 'Can delete school plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (276, 69, 'view_schoolplan', 'Can view school plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (277, 70, 'add_walkedstreet', 'Can add walked street');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (278, 70, 'change_walkedstreet', 'Can change walked street');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (279, 70, 'delete_walkedstreet', 'Can delete walked street');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (280, 70, 'view_walkedstreet', 'Can view walked street');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (281, 71, 'add_plannedfix', 'Can add planned fix');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (282, 71, 'change_plannedfix', 'Can change planned fix');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (283, 71, 'delete_plannedfix', 'Can delete planned fix');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (284, 71, 'view_plannedfix', 'Can view planned fix');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (285, 72, 'add_auditdecision', 'Can add audit decision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (286, 72, 'change_auditdecision', 'Can change audit decision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (287, 72, 'delete_auditdecision', 'Can delete audit decision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (288, 72, 'view_auditdecision', 'Can view audit decision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (289, 73, 'add_walkzonerule', 'Can add walk zone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (290, 73, 'change_walkzonerule', 'Can change walk zone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (291, 73, 'delete_walkzonerule', 'Can delete walk zone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (292, 73, 'view_walkzonerule', 'Can view walk zone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (293, 74, 'add_application', 'Can add application');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (294, 74, 'change_application', 'Can change application');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (295, 74, 'delete_application', 'Can delete application');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (296, 74, 'view_application', 'Can view application');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (297, 75, 'add_award', 'Can add award');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (298, 75, 'change_award', 'Can change award');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (299, 75, 'delete_award', 'Can delete award');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (300, 75, 'view_award', 'Can view award');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (301, 76, 'add_amendment', 'Can add amendment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (302, 76, 'change_amendment', 'Can change amendment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (303, 76, 'delete_amendment', 'Can delete amendment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (304, 76, 'view_amendment', 'Can view amendment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (305, 77, 'add_budgetline', 'Can add budget line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (306, 77, 'change_budgetline', 'Can change budget line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (307, 77, 'delete_budgetline', 'Can delete budget line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (308, 77, 'view_budgetline', 'Can view budget line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (309, 78, 'add_entry', 'Can add ledger entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (310, 78, 'change_entry', 'Can change ledger entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (311, 78, 'delete_entry', 'Can delete ledger entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (312, 78, 'view_entry', 'Can view ledger entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (313, 79, 'add_evidence', 'Can add evidence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (314, 79, 'change_evidence', 'Can change evidence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (315, 79, 'delete_evidence', 'Can delete evidence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (316, 79, 'view_evidence', 'Can view evidence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (317, 80, 'add_lapsealert', 'Can add lapse alert');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (318, 80, 'change_lapsealert', 'Can change lapse alert');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (319, 80, 'delete_lapsealert', 'Can delete lapse alert');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (320, 80, 'view_lapsealert', 'Can view lapse alert');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (321, 81, 'add_ledgeraccount', 'Can add ledger account');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (322, 81, 'change_ledgeraccount', 'Can change ledger account');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (323, 81, 'delete_ledgeraccount', 'Can delete ledger account');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (324, 81, 'view_ledgeraccount', 'Can view ledger account');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (325, 82, 'add_monthsum', 'Can add month sum');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (326, 82, 'change_monthsum', 'Can change month sum');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (327, 82, 'delete_monthsum', 'Can delete month sum');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (328, 82, 'view_monthsum', 'Can view month sum');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (329, 83, 'add_opportunity', 'Can add opportunity');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (330, 83, 'change_opportunity', 'Can change opportunity');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (331, 83, 'delete_opportunity', 'Can delete opportunity');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (332, 83, 'view_opportunity', 'Can view opportunity');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (333, 84, 'add_overriderequest', 'Can add override request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (334, 84, 'change_overriderequest', 'Can change override request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (335, 84, 'delete_overriderequest', 'Can delete override request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (336, 84, 'view_overriderequest', 'Can view override request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (337, 85, 'add_position', 'Can add position');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (338, 85, 'change_position', 'Can change position');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (339, 85, 'delete_position', 'Can delete position');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (340, 85, 'view_position', 'Can view position');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (341, 86, 'add_positionfunding', 'Can add position funding');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (342, 86, 'change_positionfunding', 'Can change position funding');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (343, 86, 'delete_positionfunding', 'Can delete position funding');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (344, 86, 'view_positionfunding', 'Can view position funding');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (345, 87, 'add_purpose', 'Can add purpose');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (346, 87, 'change_purpose', 'Can change purpose');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (347, 87, 'delete_purpose', 'Can delete purpose');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (348, 87, 'view_purpose', 'Can view purpose');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (349, 88, 'add_reportdue', 'Can add report due');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (350, 88, 'change_reportdue', 'Can change report due');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (351, 88, 'delete_reportdue', 'Can delete report due');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (352, 88, 'view_reportdue', 'Can view report due');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (353, 89, 'add_signoff', 'Can add sign off');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (354, 89, 'change_signoff', 'Can change sign off');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (355, 89, 'delete_signoff', 'Can delete sign off');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (356, 89, 'view_signoff', 'Can view sign off');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (357, 90, 'add_transfer', 'Can add transfer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (358, 90, 'change_transfer', 'Can change transfer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (359, 90, 'delete_transfer', 'Can delete transfer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (360, 90, 'view_transfer', 'Can view transfer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (361, 91, 'add_applicationpart', 'Can add application part');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (362, 91, 'change_applicationpart', 'Can change application part');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (363, 91, 'delete_applicationpart', 'Can delete application part');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (364, 91, 'view_applicationpart', 'Can view application part');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (365, 92, 'add_calendarfeed', 'Can add calendar feed');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (366, 92, 'change_calendarfeed', 'Can change calendar feed');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (367, 92, 'delete_calendarfeed', 'Can delete calendar feed');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (368, 92, 'view_calendarfeed', 'Can view calendar feed');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (369, 93, 'add_goal', 'Can add goal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (370, 93, 'change_goal', 'Can change goal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (371, 93, 'delete_goal', 'Can delete goal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (372, 93, 'view_goal', 'Can view goal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (373, 94, 'add_initiative', 'Can add initiative');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (374, 94, 'change_initiative', 'Can change initiative');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (375, 94, 'delete_initiative', 'Can delete initiative');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (376, 94, 'view_initiative', 'Can view initiative');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (377, 95, 'add_meeting', 'Can add meeting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (378, 95, 'change_meeting', 'Can change meeting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (379, 95, 'delete_meeting', 'Can delete meeting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (380, 95, 'view_meeting', 'Can view meeting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (381, 96, 'add_decision', 'Can add decision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (382, 96, 'change_decision', 'Can change decision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (383, 96, 'delete_decision', 'Can delete decision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (384, 96, 'view_decision', 'Can view decision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (385, 97, 'add_milestone', 'Can add milestone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (386, 97, 'change_milestone', 'Can change milestone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (387, 97, 'delete_milestone', 'Can delete milestone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (388, 97, 'view_milestone', 'Can view milestone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (389, 98, 'add_objective', 'Can add objective');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (390, 98, 'change_objective', 'Can change objective');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (391, 98, 'delete_objective', 'Can delete objective');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (392, 98, 'view_objective', 'Can view objective');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (393, 99, 'add_measurelink', 'Can add measure link');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (394, 99, 'change_measurelink', 'Can change measure link');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (395, 99, 'delete_measurelink', 'Can delete measure link');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (396, 99, 'view_measurelink', 'Can view measure link');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (397, 100, 'add_seat', 'Can add seat');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (398, 100, 'change_seat', 'Can change seat');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (399, 100, 'delete_seat', 'Can delete seat');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (400, 100, 'view_seat', 'Can view seat');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (401, 101, 'add_statusupdate', 'Can add status update');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (402, 101, 'change_statusupdate', 'Can change status update');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (403, 101, 'delete_statusupdate', 'Can delete status update');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (404, 101, 'view_statusupdate', 'Can view status update');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (405, 102, 'add_fundingfact', 'Can add funding fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (406, 102, 'change_fundingfact', 'Can change funding fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (407, 102, 'delete_fundingfact', 'Can delete funding fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (408, 102, 'view_fundingfact', 'Can view funding fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (409, 103, 'add_fact', 'Can add fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (410, 103, 'change_fact', 'Can change fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (411, 103, 'delete_fact', 'Can delete fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (412, 103, 'view_fact', 'Can view fact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (413, 104, 'add_duechange', 'Can add due change');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (414, 104, 'change_duechange', 'Can change due change');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (415, 104, 'delete_duechange', 'Can delete due change');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (416, 104, 'view_duechange', 'Can view due change');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (417, 105, 'add_blocker', 'Can add blocker');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (418, 105, 'change_blocker', 'Can change blocker');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (419, 105, 'delete_blocker', 'Can delete blocker');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (420, 105, 'view_blocker', 'Can view blocker');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (421, 106, 'add_reopening', 'Can add reopening');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (422, 106, 'change_reopening', 'Can change reopening');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (423, 106, 'delete_reopening', 'Can delete reopening');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (424, 106, 'view_reopening', 'Can view reopening');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (425, 107, 'add_hourtally', 'Can add hour tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (426, 107, 'change_hourtally', 'Can change hour tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (427, 107, 'delete_hourtally', 'Can delete hour tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (428, 107, 'view_hourtally', 'Can view hour tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (429, 108, 'add_monthtally', 'Can add month tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (430, 108, 'change_monthtally', 'Can change month tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (431, 108, 'delete_monthtally', 'Can delete month tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (432, 108, 'view_monthtally', 'Can view month tally');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (433, 109, 'add_offence', 'Can add offense');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (434, 109, 'change_offence', 'Can change offense');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (435, 109, 'delete_offence', 'Can delete offense');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (436, 109, 'view_offence', 'Can view offense');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (437, 110, 'add_incident', 'Can add incident');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (438, 110, 'change_incident', 'Can change incident');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (439, 110, 'delete_incident', 'Can delete incident');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (440, 110, 'view_incident', 'Can view incident');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (441, 111, 'add_lease', 'Can add lease');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (442, 111, 'change_lease', 'Can change lease');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (443, 111, 'delete_lease', 'Can delete lease');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (444, 111, 'view_lease', 'Can view lease');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (445, 112, 'add_readposition', 'Can add read position');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (446, 112, 'change_readposition', 'Can change read position');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (447, 112, 'delete_readposition', 'Can delete read position');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (448, 112, 'view_readposition', 'Can view read position');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (449, 113, 'add_actionplan', 'Can add action plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (450, 113, 'change_actionplan', 'Can change action plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (451, 113, 'delete_actionplan', 'Can delete action plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (452, 113, 'view_actionplan', 'Can view action plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (453, 114, 'add_callcontact', 'Can add call contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (454, 114, 'change_callcontact', 'Can change call contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (455, 114, 'delete_callcontact', 'Can delete call contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (456, 114, 'view_callcontact', 'Can view call contact');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (457, 115, 'add_handover', 'Can add shift hand-over');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (458, 115, 'change_handover', 'Can change shift hand-over');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (459, 115, 'delete_handover', 'Can delete shift hand-over');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (460, 115, 'view_handover', 'Can view shift hand-over');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (461, 116, 'add_journalsegment', 'Can add journal segment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (462, 116, 'change_journalsegment', 'Can change journal segment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (463, 116, 'delete_journalsegment', 'Can delete journal segment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (464, 116, 'view_journalsegment', 'Can view journal segment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (465, 117, 'add_line', 'Can add line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (466, 117, 'change_line', 'Can change line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (467, 117, 'delete_line', 'Can delete line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (468, 117, 'view_line', 'Can view line');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (469, 118, 'add_alarmsystem', 'Can add alarm system');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (470, 118, 'change_alarmsystem', 'Can change alarm system');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (471, 118, 'delete_alarmsystem', 'Can delete alarm system');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (472, 118, 'view_alarmsystem', 'Can view alarm system');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (473, 119, 'add_linkstate', 'Can add link state');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (474, 119, 'change_linkstate', 'Can change link state');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (475, 119, 'delete_linkstate', 'Can delete link state');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (476, 119, 'view_linkstate', 'Can view link state');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (477, 120, 'add_armingschedule', 'Can add arming schedule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (478, 120, 'change_armingschedule', 'Can change arming schedule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (479, 120, 'delete_armingschedule', 'Can delete arming schedule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (480, 120, 'view_armingschedule', 'Can view arming schedule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (481, 121, 'add_ontest', 'Can add test period');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (482, 121, 'change_ontest', 'Can change test period');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (483, 121, 'delete_ontest', 'Can delete test period');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (484, 121, 'view_ontest', 'Can view test period');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (485, 122, 'add_permit', 'Can add permit');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (486, 122, 'change_permit', 'Can change permit');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (487, 122, 'delete_permit', 'Can delete permit');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (488, 122, 'view_permit', 'Can view permit');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (489, 123, 'add_planstep', 'Can add plan step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (490, 123, 'change_planstep', 'Can change plan step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (491, 123, 'delete_planstep', 'Can delete plan step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (492, 123, 'view_planstep', 'Can view plan step');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (493, 124, 'add_zone', 'Can add alarm zone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (494, 124, 'change_zone', 'Can change alarm zone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (495, 124, 'delete_zone', 'Can delete alarm zone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (496, 124, 'view_zone', 'Can view alarm zone');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (497, 125, 'add_case', 'Can add alarm case');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (498, 125, 'change_case', 'Can change alarm case');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (499, 125, 'delete_case', 'Can delete alarm case');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (500, 125, 'view_case', 'Can view alarm case');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (501, 126, 'add_appeal', 'Can add appeal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (502, 126, 'change_appeal', 'Can change appeal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (503, 126, 'delete_appeal', 'Can delete appeal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (504, 126, 'view_appeal', 'Can view appeal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (505, 127, 'add_caseentry', 'Can add case entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (506, 127, 'change_caseentry', 'Can change case entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (507, 127, 'delete_caseentry', 'Can delete case entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (508, 127, 'view_caseentry', 'Can view case entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (509, 128, 'add_signal', 'Can add signal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (510, 128, 'change_signal', 'Can change signal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (511, 128, 'delete_signal', 'Can delete signal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (512, 128, 'view_signal', 'Can view signal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (513, 129, 'add_armedday', 'Can add armed day');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (514, 129, 'change_armedday', 'Can change armed day');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (515, 129, 'delete_armedday', 'Can delete armed day');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (516, 129, 'view_armedday', 'Can view armed day');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (517, 130, 'add_armeduntil', 'Can add end of the armed days');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (518, 130, 'change_armeduntil', 'Can change end of the armed days');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (519, 130, 'delete_armeduntil', 'Can delete end of the armed days');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (520, 130, 'view_armeduntil', 'Can view end of the armed days');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (521, 131, 'add_assessment', 'Can add assessment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (522, 131, 'change_assessment', 'Can change assessment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (523, 131, 'delete_assessment', 'Can delete assessment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (524, 131, 'view_assessment', 'Can view assessment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (525, 132, 'add_instrument', 'Can add instrument');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (526, 132, 'change_instrument', 'Can change instrument');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (527, 132, 'delete_instrument', 'Can delete instrument');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (528, 132, 'view_instrument', 'Can view instrument');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (529, 133, 'add_instrumentversion', 'Can add instrument version');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (530, 133, 'change_instrumentversion', 'Can change instrument version');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (531, 133, 'delete_instrumentversion', 'Can delete instrument version');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (532, 133, 'view_instrumentversion', 'Can view instrument version');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (533, 134, 'add_instrumentitem', 'Can add instrument item');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (534, 134, 'change_instrumentitem', 'Can change instrument item');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (535, 134, 'delete_instrumentitem', 'Can delete instrument item');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (536, 134, 'view_instrumentitem', 'Can view instrument item');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (537, 135, 'add_defectpoint', 'Can add defect point');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (538, 135, 'change_defectpoint', 'Can change defect point');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (539, 135, 'delete_defectpoint', 'Can delete defect point');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (540, 135, 'view_defectpoint', 'Can view defect point');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (541, 136, 'add_preventiveplan', 'Can add preventive plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (542, 136, 'change_preventiveplan', 'Can change preventive plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (543, 136, 'delete_preventiveplan', 'Can delete preventive plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (544, 136, 'view_preventiveplan', 'Can view preventive plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (545, 137, 'add_siteplan', 'Can add site plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (546, 137, 'change_siteplan', 'Can change site plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (547, 137, 'delete_siteplan', 'Can delete site plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (548, 137, 'view_siteplan', 'Can view site plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (549, 138, 'add_defectreport', 'Can add defect report');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (550, 138, 'change_defectreport', 'Can change defect report');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (551, 138, 'delete_defectreport', 'Can delete defect report');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (552, 138, 'view_defectreport', 'Can view defect report');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (553, 139, 'add_planrun', 'Can add plan run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (554, 139, 'change_planrun', 'Can change plan run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (555, 139, 'delete_planrun', 'Can delete plan run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (556, 139, 'view_planrun', 'Can view plan run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (557, 140, 'add_finding', 'Can add finding');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (558, 140, 'change_finding', 'Can change finding');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (559, 140, 'delete_finding', 'Can delete finding');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (560, 140, 'view_finding', 'Can view finding');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (561, 141, 'add_reinspectionrequest', 'Can add reinspection request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (562, 141, 'change_reinspectionrequest', 'Can change reinspection request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (563, 141, 'delete_reinspectionrequest', 'Can delete reinspection request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (564, 141, 'view_reinspectionrequest', 'Can view reinspection request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (565, 142, 'add_walk', 'Can add walk');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (566, 142, 'change_walk', 'Can change walk');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (567, 142, 'delete_walk', 'Can delete walk');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (568, 142, 'view_walk', 'Can view walk');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (569, 143, 'add_answer', 'Can add answer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (570, 143, 'change_answer', 'Can change answer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (571, 143, 'delete_answer', 'Can delete answer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (572, 143, 'view_answer', 'Can view answer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (573, 144, 'add_answerphoto', 'Can add answer photo');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (574, 144, 'change_answerphoto', 'Can change answer photo');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (575, 144, 'delete_answerphoto', 'Can delete answer photo');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (576, 144, 'view_answerphoto', 'Can view answer photo');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (577, 145, 'add_sighting', 'Can add sighting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (578, 145, 'change_sighting', 'Can change sighting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (579, 145, 'delete_sighting', 'Can delete sighting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (580, 145, 'view_sighting', 'Can view sighting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (581, 146, 'add_filling', 'Can add filling');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (582, 146, 'change_filling', 'Can change filling');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (583, 146, 'delete_filling', 'Can delete filling');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (584, 146, 'view_filling', 'Can view filling');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (585, 147, 'add_fillingfile', 'Can add filling file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (586, 147, 'change_fillingfile', 'Can change filling file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (587, 147, 'delete_fillingfile', 'Can delete filling file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (588, 147, 'view_fillingfile', 'Can view filling file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (589, 148, 'add_walkentry', 'Can add walk entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (590, 148, 'change_walkentry', 'Can change walk entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (591, 148, 'delete_walkentry', 'Can delete walk entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (592, 148, 'view_walkentry', 'Can view walk entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (593, 149, 'add_walkphoto', 'Can add walk photo');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (594, 149, 'change_walkphoto', 'Can change walk photo');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (595, 149, 'delete_walkphoto', 'Can delete walk photo');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (596, 149, 'view_walkphoto', 'Can view walk photo');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (597, 150, 'add_crosswalkfile', 'Can add crosswalk file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (598, 150, 'change_crosswalkfile', 'Can change crosswalk file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (599, 150, 'delete_crosswalkfile', 'Can delete crosswalk file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (600, 150, 'view_crosswalkfile', 'Can view crosswalk file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (601, 151, 'add_settlement', 'Can add settlement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (602, 151, 'change_settlement', 'Can change settlement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (603, 151, 'delete_settlement', 'Can delete settlement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (604, 151, 'view_settlement', 'Can view settlement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (605, 152, 'add_program', 'Can add program');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (606, 152, 'change_program', 'Can change program');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (607, 152, 'delete_program', 'Can delete program');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (608, 152, 'view_program', 'Can view program');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (609, 153, 'add_eligibilityrule', 'Can add eligibility rule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (610, 153, 'change_eligibilityrule', 'Can change eligibility rule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (611, 153, 'delete_eligibilityrule', 'Can delete eligibility rule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (612, 153, 'view_eligibilityrule', 'Can view eligibility rule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (613, 154, 'add_contest', 'Can add contest');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (614, 154, 'change_contest', 'Can change contest');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (615, 154, 'delete_contest', 'Can delete contest');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (616, 154, 'view_contest', 'Can view contest');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (617, 155, 'add_offering', 'Can add offering');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (618, 155, 'change_offering', 'Can change offering');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (619, 155, 'delete_offering', 'Can delete offering');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (620, 155, 'view_offering', 'Can view offering');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (621, 156, 'add_fidelitycheck', 'Can add fidelity check');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (622, 156, 'change_fidelitycheck', 'Can change fidelity check');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (623, 156, 'delete_fidelitycheck', 'Can delete fidelity check');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (624, 156, 'view_fidelitycheck', 'Can view fidelity check');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (625, 157, 'add_cohort', 'Can add cohort');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (626, 157, 'change_cohort', 'Can change cohort');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (627, 157, 'delete_cohort', 'Can delete cohort');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (628, 157, 'view_cohort', 'Can view cohort');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (629, 158, 'add_oversight', 'Can add oversight');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (630, 158, 'change_oversight', 'Can change oversight');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (631, 158, 'delete_oversight', 'Can delete oversight');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (632, 158, 'view_oversight', 'Can view oversight');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (633, 159, 'add_instrumentresult', 'Can add instrument result');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (634, 159, 'change_instrumentresult', 'Can change instrument result');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (635, 159, 'delete_instrumentresult', 'Can delete instrument result');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (636, 159, 'view_instrumentresult', 'Can view instrument result');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (637, 160, 'add_evidencerating', 'Can add evidence rating');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (638, 160, 'change_evidencerating', 'Can change evidence rating');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (639, 160, 'delete_evidencerating', 'Can delete evidence rating');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (640, 160, 'view_evidencerating', 'Can view evidence rating');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (641, 161, 'add_equipment', 'Can add equipment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (642, 161, 'change_equipment', 'Can change equipment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (643, 161, 'delete_equipment', 'Can delete equipment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (644, 161, 'view_equipment', 'Can view equipment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (645, 162, 'add_dosageplan', 'Can add dosage plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (646, 162, 'change_dosageplan', 'Can change dosage plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (647, 162, 'delete_dosageplan', 'Can delete dosage plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (648, 162, 'view_dosageplan', 'Can view dosage plan');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (649, 163, 'add_capacityreport', 'Can add capacity report');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (650, 163, 'change_capacityreport', 'Can change capacity report');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (651, 163, 'delete_capacityreport', 'Can delete capacity report');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (652, 163, 'view_capacityreport', 'Can view capacity report');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (653, 164, 'add_provider', 'Can add provider');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (654, 164, 'change_provider', 'Can change provider');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (655, 164, 'delete_provider', 'Can delete provider');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (656, 164, 'view_provider', 'Can view provider');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (657, 165, 'add_proposal', 'Can add proposal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (658, 165, 'change_proposal', 'Can change proposal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (659, 165, 'delete_proposal', 'Can delete proposal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (660, 165, 'view_proposal', 'Can view proposal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (661, 166, 'add_session', 'Can add session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (662, 166, 'change_session', 'Can change session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (663, 166, 'delete_session', 'Can delete session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (664, 166, 'view_session', 'Can view session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (665, 167, 'add_sessioncount', 'Can add session count');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (666, 167, 'change_sessioncount', 'Can change session count');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (667, 167, 'delete_sessioncount', 'Can delete session count');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (668, 167, 'view_sessioncount', 'Can view session count');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (669, 168, 'add_volunteer', 'Can add volunteer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (670, 168, 'change_volunteer', 'Can change volunteer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (671, 168, 'delete_volunteer', 'Can delete volunteer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (672, 168, 'view_volunteer', 'Can view volunteer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (673, 169, 'add_vetting', 'Can add vetting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (674, 169, 'change_vetting', 'Can change vetting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (675, 169, 'delete_vetting', 'Can delete vetting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (676, 169, 'view_vetting', 'Can view vetting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (677, 170, 'add_assignment', 'Can add assignment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (678, 170, 'change_assignment', 'Can change assignment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (679, 170, 'delete_assignment', 'Can delete assignment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (680, 170, 'view_assignment', 'Can view assignment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (681, 171, 'add_waiver', 'Can add waiver');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (682, 171, 'change_waiver', 'Can change waiver');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (683, 171, 'delete_waiver', 'Can delete waiver');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (684, 171, 'view_waiver', 'Can view waiver');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (685, 172, 'add_contestanswer', 'Can add contest answer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (686, 172, 'change_contestanswer', 'Can change contest answer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (687, 172, 'delete_contestanswer', 'Can delete contest answer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (688, 172, 'view_contestanswer', 'Can view contest answer');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (689, 173, 'add_workitem', 'Can add work item');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (690, 173, 'change_workitem', 'Can change work item');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (691, 173, 'delete_workitem', 'Can delete work item');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (692, 173, 'view_workitem', 'Can view work item');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (693, 174, 'add_transition', 'Can add transition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (694, 174, 'change_transition', 'Can change transition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (695, 174, 'delete_transition', 'Can delete transition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (696, 174, 'view_transition', 'Can view transition');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (697, 175, 'add_evidence', 'Can add evidence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (698, 175, 'change_evidence', 'Can change evidence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (699, 175, 'delete_evidence', 'Can delete evidence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (700, 175, 'view_evidence', 'Can view evidence');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (701, 176, 'add_duechange', 'Can add due change');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (702, 176, 'change_duechange', 'Can change due change');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (703, 176, 'delete_duechange', 'Can delete due change');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (704, 176, 'view_duechange', 'Can view due change');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (705, 177, 'add_person', 'Can add person');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (706, 177, 'change_person', 'Can change person');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (707, 177, 'delete_person', 'Can delete person');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (708, 177, 'view_person', 'Can view person');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (709, 178, 'add_responsenumber', 'Can add response number');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (710, 178, 'change_responsenumber', 'Can change response number');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (711, 178, 'delete_responsenumber', 'Can delete response number');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (712, 178, 'view_responsenumber', 'Can view response number');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (713, 179, 'add_school', 'Can add school');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (714, 179, 'change_school', 'Can change school');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (715, 179, 'delete_school', 'Can delete school');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (716, 179, 'view_school', 'Can view school');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (717, 180, 'add_campus', 'Can add site');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (718, 180, 'change_campus', 'Can change site');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (719, 180, 'delete_campus', 'Can delete site');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (720, 180, 'view_campus', 'Can view site');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (721, 181, 'add_schooloccupancy', 'Can add school occupancy');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (722, 181, 'change_schooloccupancy', 'Can change school occupancy');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (723, 181, 'delete_schooloccupancy', 'Can delete school occupancy');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (724, 181, 'view_schooloccupancy', 'Can view school occupancy');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (725, 182, 'add_belltimes', 'Can add bell times');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (726, 182, 'change_belltimes', 'Can change bell times');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (727, 182, 'delete_belltimes', 'Can delete bell times');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (728, 182, 'view_belltimes', 'Can view bell times');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (729, 183, 'add_nonschoolday', 'Can add non school day');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (730, 183, 'change_nonschoolday', 'Can change non school day');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (731, 183, 'delete_nonschoolday', 'Can delete non school day');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (732, 183, 'view_nonschoolday', 'Can view non school day');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (733, 184, 'add_enrolment', 'Can add enrolment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (734, 184, 'change_enrolment', 'Can change enrolment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (735, 184, 'delete_enrolment', 'Can delete enrolment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (736, 184, 'view_enrolment', 'Can view enrolment');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (737, 185, 'add_importrun', 'Can add import run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (738, 185, 'change_importrun', 'Can change import run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (739, 185, 'delete_importrun', 'Can delete import run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (740, 185, 'view_importrun', 'Can view import run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (741, 186, 'add_jobrequest', 'Can add job request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (742, 186, 'change_jobrequest', 'Can change job request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (743, 186, 'delete_jobrequest', 'Can delete job request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (744, 186, 'view_jobrequest', 'Can view job request');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (745, 187, 'add_schedulerun', 'Can add schedule run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (746, 187, 'change_schedulerun', 'Can change schedule run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (747, 187, 'delete_schedulerun', 'Can delete schedule run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (748, 187, 'view_schedulerun', 'Can view schedule run');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (749, 188, 'add_storedfile', 'Can add stored file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (750, 188, 'change_storedfile', 'Can change stored file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (751, 188, 'delete_storedfile', 'Can delete stored file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (752, 188, 'view_storedfile', 'Can view stored file');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (753, 189, 'add_account', 'Can add account');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (754, 189, 'change_account', 'Can change account');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (755, 189, 'delete_account', 'Can delete account');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (756, 189, 'view_account', 'Can view account');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (757, 190, 'add_agency', 'Can add agency');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (758, 190, 'change_agency', 'Can change agency');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (759, 190, 'delete_agency', 'Can delete agency');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (760, 190, 'view_agency', 'Can view agency');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (761, 191, 'add_agreement', 'Can add agreement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (762, 191, 'change_agreement', 'Can change agreement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (763, 191, 'delete_agreement', 'Can delete agreement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (764, 191, 'view_agreement', 'Can view agreement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (765, 192, 'add_membership', 'Can add membership');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (766, 192, 'change_membership', 'Can change membership');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (767, 192, 'delete_membership', 'Can delete membership');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (768, 192, 'view_membership', 'Can view membership');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (769, 193, 'add_apitoken', 'Can add api token');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (770, 193, 'change_apitoken', 'Can change api token');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (771, 193, 'delete_apitoken', 'Can delete api token');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (772, 193, 'view_apitoken', 'Can view api token');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (773, 194, 'add_consent', 'Can add consent');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (774, 194, 'change_consent', 'Can change consent');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (775, 194, 'delete_consent', 'Can delete consent');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (776, 194, 'view_consent', 'Can view consent');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (777, 195, 'add_emergency', 'Can add emergency');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (778, 195, 'change_emergency', 'Can change emergency');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (779, 195, 'delete_emergency', 'Can delete emergency');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (780, 195, 'view_emergency', 'Can view emergency');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (781, 196, 'add_sealing', 'Can add sealing');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (782, 196, 'change_sealing', 'Can change sealing');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (783, 196, 'delete_sealing', 'Can delete sealing');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (784, 196, 'view_sealing', 'Can view sealing');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (785, 197, 'add_signature', 'Can add signature');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (786, 197, 'change_signature', 'Can change signature');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (787, 197, 'delete_signature', 'Can delete signature');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (788, 197, 'view_signature', 'Can view signature');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (789, 198, 'add_retentionschedule', 'Can add retention schedule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (790, 198, 'change_retentionschedule', 'Can change retention schedule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (791, 198, 'delete_retentionschedule', 'Can delete retention schedule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (792, 198, 'view_retentionschedule', 'Can view retention schedule');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (793, 199, 'add_disposal', 'Can add disposal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (794, 199, 'change_disposal', 'Can change disposal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (795, 199, 'delete_disposal', 'Can delete disposal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (796, 199, 'view_disposal', 'Can view disposal');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (797, 200, 'add_certificate', 'Can add certificate');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (798, 200, 'change_certificate', 'Can change certificate');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (799, 200, 'delete_certificate', 'Can delete certificate');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (800, 200, 'view_certificate', 'Can view certificate');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (801, 201, 'add_disposalrow', 'Can add disposal row');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (802, 201, 'change_disposalrow', 'Can change disposal row');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (803, 201, 'delete_disposalrow', 'Can delete disposal row');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (804, 201, 'view_disposalrow', 'Can view disposal row');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (805, 202, 'add_litigationhold', 'Can add litigation hold');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (806, 202, 'change_litigationhold', 'Can change litigation hold');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (807, 202, 'delete_litigationhold', 'Can delete litigation hold');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (808, 202, 'view_litigationhold', 'Can view litigation hold');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (809, 203, 'add_lifting', 'Can add lifting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (810, 203, 'change_lifting', 'Can change lifting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (811, 203, 'delete_lifting', 'Can delete lifting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (812, 203, 'view_lifting', 'Can view lifting');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (813, 204, 'add_sealedpart', 'Can add sealed part');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (814, 204, 'change_sealedpart', 'Can change sealed part');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (815, 204, 'delete_sealedpart', 'Can delete sealed part');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (816, 204, 'view_sealedpart', 'Can view sealed part');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (817, 205, 'add_merging', 'Can add merging');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (818, 205, 'change_merging', 'Can change merging');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (819, 205, 'delete_merging', 'Can delete merging');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (820, 205, 'view_merging', 'Can view merging');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (821, 206, 'add_event', 'Can add event');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (822, 206, 'change_event', 'Can change event');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (823, 206, 'delete_event', 'Can delete event');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (824, 206, 'view_event', 'Can view event');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (825, 207, 'add_logentry', 'Can add log entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (826, 207, 'change_logentry', 'Can change log entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (827, 207, 'delete_logentry', 'Can delete log entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (828, 207, 'view_logentry', 'Can view log entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (829, 208, 'add_permission', 'Can add permission');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (830, 208, 'change_permission', 'Can change permission');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (831, 208, 'delete_permission', 'Can delete permission');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (832, 208, 'view_permission', 'Can view permission');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (833, 209, 'add_group', 'Can add group');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (834, 209, 'change_group', 'Can change group');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (835, 209, 'delete_group', 'Can delete group');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (836, 209, 'view_group', 'Can view group');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (837, 210, 'add_contenttype', 'Can add content type');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (838, 210, 'change_contenttype', 'Can change content type');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (839, 210, 'delete_contenttype', 'Can delete content type');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (840, 210, 'view_contenttype', 'Can view content type');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (841, 211, 'add_session', 'Can add session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (842, 211, 'change_session', 'Can change session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (843, 211, 'delete_session', 'Can delete session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (844, 211, 'view_session', 'Can view session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (845, 212, 'add_emailaddress', 'Can add email address');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (846, 212, 'change_emailaddress', 'Can change email address');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (847, 212, 'delete_emailaddress', 'Can delete email address');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (848, 212, 'view_emailaddress', 'Can view email address');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (849, 213, 'add_emailconfirmation', 'Can add email confirmation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (850, 213, 'change_emailconfirmation', 'Can change email confirmation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (851, 213, 'delete_emailconfirmation', 'Can delete email confirmation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (852, 213, 'view_emailconfirmation', 'Can view email confirmation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (853, 214, 'add_authenticator', 'Can add authenticator');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (854, 214, 'change_authenticator', 'Can change authenticator');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (855, 214, 'delete_authenticator', 'Can delete authenticator');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (856, 214, 'view_authenticator', 'Can view authenticator');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (857, 215, 'add_accessattempt', 'Can add access attempt');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (858, 215, 'change_accessattempt', 'Can change access attempt');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (859, 215, 'delete_accessattempt', 'Can delete access attempt');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (860, 215, 'view_accessattempt', 'Can view access attempt');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (861, 216, 'add_accesslog', 'Can add access log');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (862, 216, 'change_accesslog', 'Can change access log');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (863, 216, 'delete_accesslog', 'Can delete access log');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (864, 216, 'view_accesslog', 'Can view access log');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (865, 217, 'add_accessfailurelog', 'Can add access failure');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (866, 217, 'change_accessfailurelog', 'Can change access failure');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (867, 217, 'delete_accessfailurelog', 'Can delete access failure');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (868, 217, 'view_accessfailurelog', 'Can view access failure');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (869, 218, 'add_accessattemptexpiration', 'Can add access attempt expiration');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (870, 218, 'change_accessattemptexpiration', 'Can change access attempt expiration');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (871, 218, 'delete_accessattemptexpiration', 'Can delete access attempt expiration');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (872, 218, 'view_accessattemptexpiration', 'Can view access attempt expiration');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (873, 219, 'add_dbtaskresult', 'Can add Task Result');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (874, 219, 'change_dbtaskresult', 'Can change Task Result');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (875, 219, 'delete_dbtaskresult', 'Can delete Task Result');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (876, 219, 'view_dbtaskresult', 'Can view Task Result');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (1, 'reports', 'edition');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (2, 'reports', 'cellreading');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (3, 'reports', 'section');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (4, 'reports', 'signoff');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (5, 'reports', 'anomalysignoff');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (6, 'reports', 'correction');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (7, 'reports', 'author');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (8, 'reports', 'editionfile');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (9, 'reports', 'batch');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (10, 'funding', 'plan');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (11, 'funding', 'priceoption');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (12, 'funding', 'scenario');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (13, 'funding', 'approval');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (14, 'funding', 'transferneed');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (15, 'funding', 'worklink');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (16, 'funding', 'allocation');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (17, 'funding', 'awardscope');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (18, 'funding', 'candidatefact');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (19, 'cases', 'youth');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (20, 'cases', 'guardian');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (21, 'cases', 'referral');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (22, 'cases', 'goal');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (23, 'cases', 'followup');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (24, 'cases', 'contact');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (25, 'cases', 'service');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (26, 'cases', 'step');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (27, 'cases', 'attendanceday');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (28, 'cases', 'delivery');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (29, 'cases', 'centrevisit');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (30, 'cases', 'diversioncase');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (31, 'cases', 'contractterm');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (32, 'cases', 'diversiontally');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (33, 'cases', 'parentcontact');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (34, 'cases', 'planstep');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (35, 'cases', 'termproof');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (36, 'cases', 'truancydeed');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (37, 'cases', 'visitfollowup');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (38, 'cases', 'boardcontract');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (39, 'cases', 'academycohort');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (40, 'cases', 'academymember');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (41, 'cases', 'academypresence');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (42, 'cases', 'academystaff');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (43, 'cases', 'classseat');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (44, 'cases', 'monthlytrack');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (45, 'cases', 'seatduty');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (46, 'cases', 'servicehours');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (47, 'cases', 'lookalike');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (48, 'cases', 'disciplineincident');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (49, 'cases', 'disciplineline');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (50, 'cases', 'releasecorrection');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (51, 'cases', 'rosterdifference');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (52, 'cases', 'countedition');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (53, 'routes', 'barrier');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (54, 'routes', 'barrierstep');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (55, 'routes', 'classtally');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (56, 'routes', 'crossing');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (57, 'routes', 'crossingcount');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (58, 'routes', 'guardpost');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (59, 'routes', 'guardassignment');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (60, 'routes', 'parentsurvey');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (61, 'routes', 'recommendation');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (62, 'routes', 'walkingbus');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (63, 'routes', 'busstop');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (64, 'routes', 'busleader');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (65, 'routes', 'busrun');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (66, 'routes', 'collision');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (67, 'routes', 'collisionnear');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (68, 'routes', 'streetnetwork');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (69, 'routes', 'schoolplan');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (70, 'routes', 'walkedstreet');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (71, 'routes', 'plannedfix');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (72, 'routes', 'auditdecision');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (73, 'routes', 'walkzonerule');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (74, 'grants', 'application');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (75, 'grants', 'award');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (76, 'grants', 'amendment');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (77, 'grants', 'budgetline');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (78, 'grants', 'entry');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (79, 'grants', 'evidence');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (80, 'grants', 'lapsealert');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (81, 'grants', 'ledgeraccount');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (82, 'grants', 'monthsum');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (83, 'grants', 'opportunity');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (84, 'grants', 'overriderequest');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (85, 'grants', 'position');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (86, 'grants', 'positionfunding');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (87, 'grants', 'purpose');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (88, 'grants', 'reportdue');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (89, 'grants', 'signoff');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (90, 'grants', 'transfer');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (91, 'grants', 'applicationpart');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (92, 'grants', 'calendarfeed');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (93, 'initiatives', 'goal');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (94, 'initiatives', 'initiative');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (95, 'initiatives', 'meeting');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (96, 'initiatives', 'decision');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (97, 'initiatives', 'milestone');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (98, 'initiatives', 'objective');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (99, 'initiatives', 'measurelink');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (100, 'initiatives', 'seat');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (101, 'initiatives', 'statusupdate');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (102, 'initiatives', 'fundingfact');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (103, 'initiatives', 'fact');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (104, 'initiatives', 'duechange');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (105, 'initiatives', 'blocker');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (106, 'initiatives', 'reopening');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (107, 'incidents', 'hourtally');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (108, 'incidents', 'monthtally');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (109, 'incidents', 'offence');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (110, 'incidents', 'incident');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (111, 'alarms', 'lease');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (112, 'alarms', 'readposition');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (113, 'alarms', 'actionplan');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (114, 'alarms', 'callcontact');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (115, 'alarms', 'handover');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (116, 'alarms', 'journalsegment');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (117, 'alarms', 'line');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (118, 'alarms', 'alarmsystem');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (119, 'alarms', 'linkstate');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (120, 'alarms', 'armingschedule');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (121, 'alarms', 'ontest');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (122, 'alarms', 'permit');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (123, 'alarms', 'planstep');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (124, 'alarms', 'zone');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (125, 'alarms', 'case');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (126, 'alarms', 'appeal');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (127, 'alarms', 'caseentry');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (128, 'alarms', 'signal');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (129, 'alarms', 'armedday');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (130, 'alarms', 'armeduntil');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (131, 'assessments', 'assessment');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (132, 'assessments', 'instrument');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (133, 'assessments', 'instrumentversion');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (134, 'assessments', 'instrumentitem');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (135, 'assessments', 'defectpoint');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (136, 'assessments', 'preventiveplan');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (137, 'assessments', 'siteplan');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (138, 'assessments', 'defectreport');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (139, 'assessments', 'planrun');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (140, 'assessments', 'finding');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (141, 'assessments', 'reinspectionrequest');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (142, 'assessments', 'walk');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (143, 'assessments', 'answer');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (144, 'assessments', 'answerphoto');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (145, 'assessments', 'sighting');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (146, 'assessments', 'filling');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (147, 'assessments', 'fillingfile');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (148, 'assessments', 'walkentry');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (149, 'assessments', 'walkphoto');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (150, 'assessments', 'crosswalkfile');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (151, 'assessments', 'settlement');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (152, 'programs', 'program');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (153, 'programs', 'eligibilityrule');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (154, 'programs', 'contest');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (155, 'programs', 'offering');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (156, 'programs', 'fidelitycheck');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (157, 'programs', 'cohort');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (158, 'programs', 'oversight');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (159, 'programs', 'instrumentresult');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (160, 'programs', 'evidencerating');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (161, 'programs', 'equipment');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (162, 'programs', 'dosageplan');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (163, 'programs', 'capacityreport');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (164, 'programs', 'provider');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (165, 'programs', 'proposal');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (166, 'programs', 'session');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (167, 'programs', 'sessioncount');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (168, 'programs', 'volunteer');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (169, 'programs', 'vetting');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (170, 'programs', 'assignment');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (171, 'programs', 'waiver');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (172, 'programs', 'contestanswer');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (173, 'work', 'workitem');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (174, 'work', 'transition');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (175, 'work', 'evidence');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (176, 'work', 'duechange');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (177, 'people', 'person');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (178, 'people', 'responsenumber');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (179, 'places', 'school');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (180, 'places', 'campus');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (181, 'places', 'schooloccupancy');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (182, 'places', 'belltimes');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (183, 'places', 'nonschoolday');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (184, 'places', 'enrolment');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (185, 'exchange', 'importrun');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (186, 'jobs', 'jobrequest');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (187, 'jobs', 'schedulerun');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (188, 'files', 'storedfile');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (189, 'access', 'account');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (190, 'access', 'agency');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (191, 'access', 'agreement');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (192, 'access', 'membership');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (193, 'access', 'apitoken');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (194, 'access', 'consent');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (195, 'access', 'emergency');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (196, 'access', 'sealing');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (197, 'access', 'signature');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (198, 'access', 'retentionschedule');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (199, 'access', 'disposal');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (200, 'access', 'certificate');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (201, 'access', 'disposalrow');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (202, 'access', 'litigationhold');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (203, 'access', 'lifting');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (204, 'access', 'sealedpart');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (205, 'access', 'merging');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (206, 'audit', 'event');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (207, 'admin', 'logentry');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (208, 'auth', 'permission');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (209, 'auth', 'group');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (210, 'contenttypes', 'contenttype');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (211, 'sessions', 'session');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (212, 'account', 'emailaddress');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (213, 'account', 'emailconfirmation');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (214, 'mfa', 'authenticator');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (215, 'axes', 'accessattempt');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (216, 'axes', 'accesslog');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (217, 'axes', 'accessfailurelog');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (218, 'axes', 'accessattemptexpiration');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (219, 'django_tasks_database', 'dbtaskresult');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (1, 'places', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (2, 'contenttypes', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (3, 'contenttypes', '0002_remove_content_type_name', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (4, 'auth', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (5, 'auth', '0002_alter_permission_name_max_length', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (6, 'auth', '0003_alter_user_email_max_length', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (7, 'auth', '0004_alter_user_username_opts', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (8, 'auth', '0005_alter_user_last_login_null', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (9, 'auth', '0006_require_contenttypes_0002', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (10, 'auth', '0007_alter_validators_add_error_messages', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (11, 'auth', '0008_alter_user_username_max_length', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (12, 'auth', '0009_alter_user_last_name_max_length', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (13, 'auth', '0010_alter_group_name_max_length', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (14, 'auth', '0011_update_proxy_permissions', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (15, 'auth', '0012_alter_user_first_name_max_length', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (16, 'access', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (17, 'access', '0002_sharing', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (18, 'access', '0003_walls', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (19, 'access', '0004_consent_to_a_program', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (20, 'access', '0005_retention', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (21, 'access', '0006_walls_of_retention', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (22, 'access', '0007_lifting', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (23, 'access', '0008_walls_of_lifting', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (24, 'access', '0009_merging', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (25, 'access', '0010_walls_of_merging', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (26, 'access', '0011_disposal_of_sealed', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (27, 'access', '0012_words_of_emergencies', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (28, 'account', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (29, 'account', '0002_email_max_length', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (30, 'account', '0003_alter_emailaddress_create_unique_verified_email', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (31, 'account', '0004_alter_emailaddress_drop_unique_email', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (32, 'account', '0005_emailaddress_idx_upper_email', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (33, 'account', '0006_emailaddress_lower', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (34, 'account', '0007_emailaddress_idx_email', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (35, 'account', '0008_emailaddress_unique_primary_email_fixup', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (36, 'account', '0009_emailaddress_unique_primary_email', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (37, 'admin', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (38, 'admin', '0002_logentry_remove_auto_add', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (39, 'admin', '0003_logentry_add_action_flag_choices', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (40, 'places', '0002_no_overlap', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (41, 'alarms', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (42, 'alarms', '0002_unchanging', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (43, 'alarms', '0003_call_contact_member', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (44, 'alarms', '0004_armed_days', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (45, 'alarms', '0005_appeal_withdrawn', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (46, 'alarms', '0006_whole_codes', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (47, 'files', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (48, 'work', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (49, 'work', '0002_unchanging', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (50, 'assessments', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (51, 'assessments', '0002_instruments_walks_findings', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (52, 'assessments', '0003_walls', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (53, 'assessments', '0004_fillings', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (54, 'assessments', '0005_journal', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (55, 'assessments', '0006_crosswalk_files', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (56, 'assessments', '0007_settlements', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (57, 'assessments', '0008_items_not_asked', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (58, 'assessments', '0009_findings_by_item', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (59, 'assessments', '0010_way_to_school', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (60, 'audit', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (61, 'audit', '0002_append_only', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (62, 'axes', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (63, 'axes', '0002_auto_20151217_2044', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (64, 'axes', '0003_auto_20160322_0929', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (65, 'axes', '0004_auto_20181024_1538', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (66, 'axes', '0005_remove_accessattempt_trusted', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (67, 'axes', '0006_remove_accesslog_trusted', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (68, 'axes', '0007_alter_accessattempt_unique_together', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (69, 'axes', '0008_accessfailurelog', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (70, 'axes', '0009_add_session_hash', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (71, 'axes', '0010_accessattemptexpiration', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (72, 'programs', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (73, 'programs', '0002_unchanging', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (74, 'cases', '0001_youth', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (75, 'cases', '0002_walls_of_youth', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (76, 'cases', '0003_referrals', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (77, 'cases', '0004_walls_of_referrals', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (78, 'cases', '0005_attendance', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (79, 'cases', '0006_walls_of_attendance', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (80, 'cases', '0007_centre_and_diversion', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (81, 'cases', '0008_walls_of_centre_and_diversion', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (82, 'cases', '0009_gone_by_a_disposal', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (83, 'cases', '0010_class_days_tracking_academies', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (84, 'cases', '0011_walls_of_class_days_tracking_academies', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (85, 'cases', '0012_what_a_referrer_learns', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (86, 'cases', '0013_closed_diversions', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (87, 'cases', '0014_walls_of_lifting_and_consent', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (88, 'cases', '0015_who_is_who', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (89, 'cases', '0016_the_month_of_a_tally', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (90, 'cases', '0018_roster_releases_discipline', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (91, 'cases', '0019_a_yes_that_holds_on_its_day', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (92, 'cases', '0020_counts_as_of_a_month', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (93, 'cases', '0021_seats_that_go_back', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (94, 'cases', '0022_what_a_receipt_came_with', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (95, 'cases', '0023_counts_of_half_years', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (96, 'django_tasks_database', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (97, 'django_tasks_database', '0002_alter_dbtaskresult_options', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (98, 'django_tasks_database', '0003_dbtaskresult_enqueued_at_dbtaskresult_finished_at', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (99, 'django_tasks_database', '0004_dbtaskresult_started_at', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (100, 'django_tasks_database', '0005_alter_dbtaskresult_priority_and_more', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (101, 'django_tasks_database', '0006_alter_dbtaskresult_args_kwargs_and_more', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (102, 'django_tasks_database', '0007_add_separate_results_fields', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (103, 'django_tasks_database', '0008_separate_results_field', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (104, 'django_tasks_database', '0009_remove_results_field', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (105, 'django_tasks_database', '0010_alter_dbtaskresult_status', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (106, 'django_tasks_database', '0011_rename_complete_status', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (107, 'django_tasks_database', '0012_add_separate_exception_fields', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (108, 'django_tasks_database', '0013_separate_exception_fields', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (109, 'django_tasks_database', '0014_remove_dbtaskresult_exception_data', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (110, 'django_tasks_database', '0015_correctly_order_run_after', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (111, 'django_tasks_database', '0016_remove_dbtaskresult_django_task_new_ordering_idx_and_more', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (112, 'django_tasks_database', '0017_dbtaskresult_metadata', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (113, 'django_tasks_database', '0018_rename_succeeded_status', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (114, 'django_tasks_database', '0019_rename_django_task_new_ordering_idx_tasks_db_new_ordering_idx_and_more', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (115, 'django_tasks_database', '0020_update_db_task_result_ordering', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (116, 'django_tasks_database', '0021_conditional_partial_index_ordering', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (117, 'exchange', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (118, 'exchange', '0002_forgotten', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (119, 'work', '0003_transition_by_day', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (120, 'grants', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (121, 'grants', '0002_unchanging', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (122, 'funding', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (123, 'funding', '0002_unchanging', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (124, 'funding', '0003_line_trades', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (125, 'grants', '0003_rules_and_overrides', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (126, 'grants', '0004_takes_back_and_accounts', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (127, 'grants', '0005_amendment_columns', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (128, 'grants', '0006_exact_parts', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (129, 'grants', '0007_others_match_and_reopening', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (130, 'grants', '0008_calendar_feeds', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (131, 'incidents', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (132, 'incidents', '0002_indexes_for_pages', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (133, 'incidents', '0003_tally_at_sites', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (134, 'initiatives', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (135, 'initiatives', '0002_unchanging', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (136, 'initiatives', '0003_status_from_dates', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (137, 'initiatives', '0004_longer_keys', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (138, 'jobs', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (139, 'mfa', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (140, 'mfa', '0002_authenticator_timestamps', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (141, 'mfa', '0003_authenticator_type_uniq', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (142, 'people', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (143, 'people', '0002_response_numbers', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (144, 'people', '0003_person_of_a_roster', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (145, 'programs', '0003_counted_at', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (146, 'reports', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (147, 'reports', '0002_authors_files_district', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (148, 'reports', '0003_batches', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (149, 'routes', '0001_initial', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (150, 'routes', '0002_collisions', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (151, 'routes', '0003_street_networks_and_plans', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (152, 'routes', '0004_audit_decisions', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (153, 'routes', '0005_what_plans_showed', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (154, 'routes', '0006_one_class_one_key', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (155, 'routes', '0007_walk_zones', CURRENT_TIMESTAMP);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (156, 'sessions', '0001_initial', CURRENT_TIMESTAMP);
