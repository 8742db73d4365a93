-- CreateTable
CREATE TABLE "license_revision" (
    "license_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "amends" BOOLEAN NOT NULL,
    "entry" JSONB,
    "reason" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "license_revision_pkey" PRIMARY KEY ("license_id","revision")
);

-- CreateTable
CREATE TABLE "publisher_verification" (
    "version_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "verified_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "publisher_verification_pkey" PRIMARY KEY ("version_id")
);

-- AddForeignKey
ALTER TABLE "publisher_verification" ADD CONSTRAINT "publisher_verification_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "license_revision" ADD CONSTRAINT "license_revision_is_numbered" CHECK ("revision" >= 1);
ALTER TABLE "license_revision" ADD CONSTRAINT "license_revision_has_its_id" CHECK ("entry" IS NULL OR "entry" ->> 'id' = "license_id");

CREATE TRIGGER "license_revision_never_changes" BEFORE UPDATE OR DELETE ON "license_revision" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "publisher_verification_never_changes" BEFORE UPDATE OR DELETE ON "publisher_verification" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "license_revision_is_kept" BEFORE TRUNCATE ON "license_revision" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "publisher_verification_is_kept" BEFORE TRUNCATE ON "publisher_verification" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What a key of the platform registered was vouched for by an administrator of the installation.
INSERT INTO "publisher_verification" ("version_id", "reason", "verified_by", "created_at")
SELECT "version"."id", 'registered by a platform administrator', min("audit_entry"."actor_key_id"), min("audit_entry"."at")
FROM "version" JOIN "audit_entry" ON "audit_entry"."action" = 'version.registered' AND "audit_entry"."subject" = "version"."model_name" || '@' || "version"."version"
WHERE "audit_entry"."project_id" IS NULL
GROUP BY "version"."id";
