-- AlterTable
ALTER TABLE "version" ADD COLUMN     "license_finding" JSONB;
