#!/bin/sh
echo "This project applies migrations with 'npm run migrate'; prisma's own migrate command is not used here." >&2
exit 1
