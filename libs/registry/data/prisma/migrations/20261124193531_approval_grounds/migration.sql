-- AlterTable
ALTER TABLE "approval" ADD COLUMN     "grounds" JSONB;
